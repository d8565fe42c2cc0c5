import type { Same } from "../catalogue.ts";
import type { entrance as en } from "../en/entrance.ts";

/** Arabic words of `entrance`. */
export const entrance: Partial<Same<typeof en>> = {
  sign_in: "تسجيل الدخول",
  sign_out: "تسجيل الخروج",
  sign_in_more:
    "يحفظ هذا الخادم خرائط الرحلات لفريق. سجّل الدخول بالاسم وكلمة المرور اللذين أُعطيا لك.",
  sign_in_or: "أو",
  sign_in_with: "تسجيل الدخول عبر {name}",
  your_name: "اسمك",
  password: "كلمة المرور",
  password_hint: "12 حرفًا على الأقل. الجملة طويلة ويسهل تذكرها.",
  password_show: "إظهار كلمة المرور",
  password_lost: "هل فقدت كلمة المرور؟ يمكن للمدير أن يعطيك كلمة جديدة.",
  first_title: "مرحبًا بك في desirepath",
  first_more:
    "أنت أول من يدخل هنا. أنشئ حساب المدير: فهو يضيف الآخرين ويحدد ما يجوز لكل منهم ويعطي كلمات مرور جديدة.",
  first_make: "إنشاء الحساب",
  link_title: "أنت مدعو إلى خريطة",
  link_more: "يرى الآخرون الاسم الذي تكتبه هنا بجانب ما تفعله. ولا يُطلب منك شيء آخر.",
  link_password: "كلمة مرور الرابط",
  link_password_hint: "فقط إن كانت قد أُعطيت لك.",
  link_enter: "فتح الخريطة",
  ended: "انتهت جلستك. سجّل الدخول مرة أخرى للمتابعة.",
};
