import type { Same } from "../catalogue.ts";
import type { common as en } from "../en/common.ts";

/** Arabic words of `common`. */
export const common: Partial<Same<typeof en>> = {
  cancel: "إلغاء",
  close: "إغلاق",
  save: "حفظ",
  back: "رجوع",
  next: "التالي",
  skip: "تخطٍّ",
  done: "تم",
  copy: "نسخ",
  copied: "نُسخ",
  undo: "تراجع",
  remove: "إزالة",
  more: "المزيد",
  search: "بحث",
  clear: "مسح",
  loading: "لحظة واحدة …",
  try_again: "حاول مرة أخرى",
  name: "الاسم",
  yes: "نعم",
  no: "لا",
  notices: "إشعارات",
  dismiss: "إخفاء",
  field_missing: "يجب ملء هذا الحقل.",
  field_unfit: "هذا لا يناسب هذا الحقل.",
  leave: "مغادرة",
  leave_title: "هل تريد المغادرة وفقدان ما كتبته؟",
  leave_more: "ما كتبته لم يُحفظ بعد، وسيضيع إذا غادرت هذه الصفحة.",
};
