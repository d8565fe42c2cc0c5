"""Words of the form for stories, in the language of the phone."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

EN: Words = {
    "title": "What happened?",
    "more": "Tell what you saw or lived through: {map}",
    "step": "Where did it happen?",
    "step_choose": "Choose …",
    "text": "What happened?",
    "text_hint": "As you would tell a colleague. Please leave out names and numbers of people. At most {most} letters.",
    "who": "Who are you?",
    "customer": "I am a customer: it happened to me",
    "staff": "I work here: I saw it or was told",
    "heard_from": "If you work here: from about how many customers have you heard it?",
    "how_often": "How often does it happen?",
    "unknown": "I do not know",
    "once": "Once",
    "now and then": "Now and then",
    "weekly": "Every week",
    "daily": "Every day",
    "when": "When was it, or the last time?",
    "permission": "May your words be quoted?",
    "no": "No",
    "inside": "Yes, inside the company",
    "anywhere": "Yes, anywhere",
    "send": "Send",
    "privacy": "Your name and address are not kept. Somebody reads what you tell before it is used.",
    "leave_empty": "Leave this empty",
    "thanks": "Thank you",
    "thanks_more": "What you told was sent. Somebody will read it.",
    "again": "Tell another story",
    "wrong": "Not sent yet",
    "wrong_step": "Choose where it happened.",
    "wrong_text": "Write what happened.",
    "wrong_long": "The story is too long: {count} letters, at most {most} fit.",
    "wrong_who": "Say who you are.",
    "wrong_when": "Choose a day that was.",
    "wrong_heard_from": "Give a number from 1 to {most_heard}.",
    "wrong_permission": "Say whether your words may be quoted.",
    "wrong_how_often": "Say how often it happens.",
    "too_many": "Too many stories were sent just now. Your text is still here: wait {wait} and send it again.",
    "minutes": "{n} minutes",
    "hours": "{n} hours",
    "gone": "This link has ended",
    "gone_more": "Ask whoever gave it to you for a new one.",
    "foreign": "This form was not sent from its own page. Open the link again.",
}
DE: Words = {
    "title": "Was ist passiert?",
    "more": "Erzählen Sie, was Sie gesehen oder erlebt haben: {map}",
    "step": "Wo ist es passiert?",
    "step_choose": "Bitte wählen …",
    "text": "Was ist passiert?",
    "text_hint": "So, wie Sie es einer Kollegin erzählen würden. Bitte ohne Namen und Nummern von Menschen. Höchstens {most} Zeichen.",
    "who": "Wer sind Sie?",
    "customer": "Ich bin Kundin oder Kunde: es ist mir passiert",
    "staff": "Ich arbeite hier: ich habe es gesehen oder gehört",
    "heard_from": "Wenn Sie hier arbeiten: von etwa wie vielen Kunden haben Sie das gehört?",
    "how_often": "Wie oft kommt das vor?",
    "unknown": "Weiß ich nicht",
    "once": "Einmal",
    "now and then": "Ab und zu",
    "weekly": "Jede Woche",
    "daily": "Jeden Tag",
    "when": "Wann war es, oder das letzte Mal?",
    "permission": "Dürfen Ihre Worte zitiert werden?",
    "no": "Nein",
    "inside": "Ja, im Unternehmen",
    "anywhere": "Ja, überall",
    "send": "Senden",
    "privacy": "Ihr Name und Ihre Adresse werden nicht gespeichert. Jemand liest, was Sie erzählen, bevor es verwendet wird.",
    "leave_empty": "Bitte leer lassen",
    "thanks": "Danke",
    "thanks_more": "Ihre Geschichte ist angekommen. Jemand wird sie lesen.",
    "again": "Noch etwas erzählen",
    "wrong": "Noch nicht gesendet",
    "wrong_step": "Wählen Sie, wo es passiert ist.",
    "wrong_text": "Schreiben Sie, was passiert ist.",
    "wrong_long": "Die Geschichte ist zu lang: {count} Zeichen, höchstens {most} passen.",
    "wrong_who": "Sagen Sie, wer Sie sind.",
    "wrong_when": "Wählen Sie einen Tag, der schon war.",
    "wrong_heard_from": "Geben Sie eine Zahl von 1 bis {most_heard} an.",
    "wrong_permission": "Sagen Sie, ob Ihre Worte zitiert werden dürfen.",
    "wrong_how_often": "Sagen Sie, wie oft es vorkommt.",
    "too_many": "Gerade wurden zu viele Geschichten gesendet. Ihr Text ist noch da: warten Sie {wait} und senden Sie ihn noch einmal.",
    "minutes": "{n} Minuten",
    "hours": "{n} Stunden",
    "gone": "Dieser Link gilt nicht mehr",
    "gone_more": "Fragen Sie nach einem neuen, wo Sie ihn bekommen haben.",
    "foreign": "Dieses Formular kam nicht von seiner eigenen Seite. Öffnen Sie den Link noch einmal.",
}
AR: Words = {
    "title": "ماذا حدث؟",
    "more": "احكِ ما رأيته أو عشته: {map}",
    "step": "أين حدث ذلك؟",
    "step_choose": "اختر …",
    "text": "ماذا حدث؟",
    "text_hint": "كما تحكيه لزميل. من فضلك لا تذكر أسماء الناس ولا أرقامهم. {most} حرف على الأكثر.",
    "who": "من أنت؟",
    "customer": "أنا من العملاء: حدث ذلك لي",
    "staff": "أعمل هنا: رأيت ذلك أو سمعت به",
    "heard_from": "إن كنت تعمل هنا: من كم عميلاً تقريباً سمعت ذلك؟",
    "how_often": "كم مرة يحدث ذلك؟",
    "unknown": "لا أعرف",
    "once": "مرة واحدة",
    "now and then": "من حين إلى آخر",
    "weekly": "كل أسبوع",
    "daily": "كل يوم",
    "when": "متى كان ذلك، أو آخر مرة؟",
    "permission": "هل يجوز اقتباس كلماتك؟",
    "no": "لا",
    "inside": "نعم، داخل الشركة",
    "anywhere": "نعم، في أي مكان",
    "send": "إرسال",
    "privacy": "لا يُحفظ اسمك ولا عنوانك. يقرأ أحدهم ما تحكيه قبل استعماله.",
    "leave_empty": "اترك هذا فارغاً",
    "thanks": "شكراً لك",
    "thanks_more": "أُرسل ما حكيته، وسيقرؤه أحدهم.",
    "again": "احكِ قصة أخرى",
    "wrong": "لم يُرسل بعد",
    "wrong_step": "اختر أين حدث ذلك.",
    "wrong_text": "اكتب ما حدث.",
    "wrong_long": "القصة طويلة جداً: عدد حروفها {count}، والحد {most}.",
    "wrong_who": "قل من أنت.",
    "wrong_when": "اختر يوماً مضى.",
    "wrong_heard_from": "اكتب عدداً من 1 إلى {most_heard}.",
    "wrong_permission": "قل هل يجوز اقتباس كلماتك.",
    "wrong_how_often": "قل كم مرة يحدث ذلك.",
    "too_many": "أُرسلت قصص كثيرة جداً الآن. ما كتبته ما زال هنا: انتظر {wait} ثم أرسله مرة أخرى.",
    "minutes": "{n} دقيقة",
    "hours": "{n} ساعة",
    "gone": "انتهى هذا الرابط",
    "gone_more": "اطلب رابطاً جديداً ممن أعطاك إياه.",
    "foreign": "لم تُرسل هذه الاستمارة من صفحتها. افتح الرابط مرة أخرى.",
}
LANGUAGES: Mapping[str, Words] = {"en": EN, "de": DE, "ar": AR}
FROM_RIGHT = ("ar",)


def language_of(accepted: str) -> str:
    """The first language of a browser that has words here.

    Examples:
        >>> language_of("fr-FR,fr;q=0.9,de;q=0.8,en;q=0.7")
        'de'
        >>> language_of("")
        'en'
    """
    wanted: list[tuple[float, str]] = []
    for part in accepted.split(",")[:20]:
        name, _, weight = part.partition(";q=")
        try:
            wanted.append((-float(weight or 1), name.strip().lower().split("-")[0]))
        except ValueError:
            continue
    # the first of those that are wanted as much
    found = (name for _, name in sorted(wanted, key=lambda one: one[0]))
    return next((name for name in found if name in LANGUAGES), "en")
