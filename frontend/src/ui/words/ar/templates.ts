import type { Same } from "../catalogue.ts";
import type { templates as en } from "../en/templates.ts";

/** Arabic words of `templates`. */
export const templates: Partial<Same<typeof en>> = {
  template_classic: "الرحلة الكلاسيكية",
  template_classic_more: "كيف تجري الأمور الآن، من أول حاجة إلى التوصية بكم.",
  template_lens: "عدسة على شخصية واحدة",
  template_lens_more: "من، وفي أي موقف، وبأي توقع؛ ثم ما يفعل ويفكر ويشعر.",
  template_business: "العميل والمؤسسة جنبًا إلى جنب",
  template_business_more:
    "في الأعلى ما يفعله العميل، وفي الأسفل أهداف المؤسسة والمؤشرات والمسؤولون.",
  template_future: "الحالة المستقبلية",
  template_future_more: "كيف ينبغي أن تكون: بم نَعِد، وبأي حل، وبأي أثر.",
  template_blueprint: "مخطط الخدمة",
  template_blueprint_more: "ما يفعله الناس والأنظمة وراء كل خطوة، وما يمكن للعميل أن يراه منه.",
  template_day: "يوم من الحياة",
  template_day_more: "من الصباح إلى الليل، سواء شاركتم فيه أم لا.",
  template_lifecycle: "دورة حياة دائرية",
  template_lifecycle_more:
    "العملاء الحاليون: من الأسابيع الأولى إلى التجديد والنمو والرحيل والعودة.",
  template_b2b: "عدة أشخاص يشترون معًا",
  template_b2b_more: "شراء بين الشركات: صف هموم لكل دور.",
  template_single: "تفاعل واحد",
  template_single_more: "نقطة تواصل واحدة بالتفصيل: الموعود والمتوقع والمقدَّم.",
  template_recovery: "تدارك الخدمة",
  template_recovery_more: "حدث خطأ: من المشكلة إلى استعادة الثقة.",
  template_providers: "عدة مقدّمي خدمة",
  template_providers_more: "خدمات عامة وشركاء: من يعمل ومتى، ومن ينتظر من.",
  template_story: "بطاقة قصة",
  template_story_more: "قصة حقيقية واحدة لعميل واحد، مشهدًا بعد مشهد، مع اقتباسات.",
};
