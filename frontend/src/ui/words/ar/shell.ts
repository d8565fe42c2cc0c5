import type { Same } from "../catalogue.ts";
import type { shell as en } from "../en/shell.ts";

/** Arabic words of `shell`. */
export const shell: Partial<Same<typeof en>> = {
  maps: "الخرائط",
  map_rooms: "أقسام هذه الخريطة",
  map_menu: "هذه الخريطة و{name}",
  personas: "الشخصيات",
  people: "الأشخاص",
  main_navigation: "الصفحات",
  settings: "الإعدادات",
  language: "اللغة",
  theme: "المظهر",
  theme_system: "كما في النظام",
  theme_light: "فاتح",
  theme_dark: "داكن",
  to_content: "إلى المحتوى",
  role_viewer: "مشاهد",
  role_commenter: "معلّق",
  role_editor: "محرّر",
  role_facilitator: "ميسّر",
  role_administrator: "مدير",
  offline: "لا يمكن الوصول إلى الخادم. قد يكون ما تراه قديمًا.",
  not_found: "لا توجد صفحة كهذه",
  not_found_more: "قد يكون العنوان مكتوبًا خطأً، أو نُقل ما كان هناك.",
  to_maps: "إلى الخرائط",
  page_broken:
    "تعطّلت هذه الصفحة. تبقى تغييراتك محفوظة. أعد تحميلها؛ وإن تعطّلت مرة أخرى فأخبر من يشغّل الخادم.",
  part_missing:
    "تعذّر تحميل هذا الجزء من التطبيق: قد يكون الخادم غير متاح، أو صار لديه إصدار أحدث. تبقى تغييراتك محفوظة.",
  reload: "إعادة التحميل",
  language_missing:
    "تعذّر تحميل كلمات هذه اللغة. قد يكون الاتصال مقطوعًا، أو لدى الخادم إصدار أحدث: أعد تحميل الصفحة.",
  went_wrong: "حدث خطأ ما",
};
