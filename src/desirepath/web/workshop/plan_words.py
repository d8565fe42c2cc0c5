"""Words of ready plans of workshops: title of the plan, then title of each item and what to do in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

Words = tuple[str, Sequence[tuple[str, str]]]

EN: Final[Mapping[str, Words]] = {
    "mapping": (
        "Draw what we believe (90 minutes)",
        (
            ("Why we are here", "Say whose journey this is, where it begins and ends, and what will be decided with the map. Agree on who facilitates and who writes."),
            ("Stages and steps", "Name what the customer does, in their words, not what departments do. At most seven stages; park quarrels in the discussion."),
            ("Silent writing", "Everybody writes notes alone: what customers ask, think, find hard, find good. One thing on each note. Nobody talks."),
            ("Sort the notes", "Put each note to a step and a row. Where two say the same, merge them. Where two say opposite things, keep both."),
            ("How does each step feel?", "Every department scores the same steps alone, from very bad to very good. Reveal, and begin with the step where you lie widest apart."),
            ("What must we find out first?", "Three dots each, on the statements that matter most and that we know least about."),
            ("Who does what until when", "Name who asks customers, who gets the data, and when you meet again. Everything on the map is an assumption until then."),
        ),
    ),
    "evidence": (
        "Hold the map against evidence (60 minutes)",
        (
            ("What we believed", "Read the map once, aloud, as the customer. Nobody defends anything."),
            ("What holds, what does not", "Go along the statements that evidence refutes. Read the number, how many cases it rests on, and from when it is. Unknown is an answer."),
            ("What customers do and the map does not show", "Add what many do, take off what nobody does. Write down why."),
            ("Where do we disagree?", "Departments score the steps that are still unknown, apart from each other."),
            ("What to find out next", "Dots on the unknown statements that would change a decision."),
            ("Who asks whom", "An owner and a day for each unknown."),
        ),
    ),
    "prioritizing": (
        "Decide what to improve first (75 minutes)",
        (
            ("What we want to reach", "Name the goal of the journey and its number today."),
            ("Where it hurts, and how many", "Look at the pains with evidence first, by people affected. Leave out what is only believed, or mark it."),
            ("Ideas, alone and in silence", "Each idea on a note, to the step it helps. Begin with: we should …"),
            ("How important?", "Score each pain from 1 to 5, secretly. Reveal, and let the highest and the lowest say why."),
            ("Dots on ideas", "Five dots each, at most two on one."),
            ("The first three", "For each: what is the smallest step, what will we see if it works, what would make us stop?"),
            ("Owners and days", "Write an owner and a day to each."),
        ),
    ),
}  # fmt: skip
DE: Final[Mapping[str, Words]] = {
    "mapping": (
        "Aufzeichnen, was wir glauben (90 Minuten)",
        (
            ("Warum wir hier sind", "Sagen Sie, wessen Reise das ist, wo sie beginnt und endet, und was mit der Karte entschieden wird. Wer moderiert, wer schreibt mit?"),
            ("Phasen und Schritte", "Benennen Sie, was die Kundin tut, in ihren Worten, nicht was Abteilungen tun. Höchstens sieben Phasen; Streit kommt in die Diskussion."),
            ("Schreiben in Stille", "Alle schreiben allein Zettel: was Kunden fragen, denken, schwer finden, gut finden. Eine Sache je Zettel. Niemand redet."),
            ("Zettel sortieren", "Jeder Zettel kommt zu einem Schritt und in eine Zeile. Gleiches wird zusammengelegt. Wo zwei das Gegenteil sagen, bleiben beide."),
            ("Wie fühlt sich jeder Schritt an?", "Jede Abteilung bewertet dieselben Schritte allein, von sehr schlecht bis sehr gut. Dann aufdecken und beim größten Abstand beginnen."),
            ("Was müssen wir zuerst herausfinden?", "Drei Punkte je Person, auf Aussagen, die am wichtigsten sind und über die wir am wenigsten wissen."),
            ("Wer macht was bis wann", "Wer fragt Kunden, wer holt die Daten, wann treffen wir uns wieder? Bis dahin ist alles auf der Karte eine Annahme."),
        ),
    ),
    "evidence": (
        "Die Karte an Belegen messen (60 Minuten)",
        (
            ("Was wir geglaubt haben", "Lesen Sie die Karte einmal laut, als Kundin. Niemand verteidigt etwas."),
            ("Was hält, was nicht", "Gehen Sie die widerlegten Aussagen durch. Lesen Sie die Zahl, auf wie vielen Fällen sie beruht und von wann sie ist. Unbekannt ist eine Antwort."),
            ("Was Kunden tun und die Karte nicht zeigt", "Ergänzen Sie, was viele tun, nehmen Sie weg, was niemand tut. Schreiben Sie auf, warum."),
            ("Wo sind wir uneinig?", "Die Abteilungen bewerten die noch unbekannten Schritte, jede für sich."),
            ("Was als Nächstes herausfinden", "Punkte auf die unbekannten Aussagen, die eine Entscheidung ändern würden."),
            ("Wer fragt wen", "Zu jedem Unbekannten eine Person und ein Tag."),
        ),
    ),
    "prioritizing": (
        "Entscheiden, was zuerst besser wird (75 Minuten)",
        (
            ("Was wir erreichen wollen", "Nennen Sie das Ziel der Reise und seine Zahl heute."),
            ("Wo es weh tut, und wie vielen", "Zuerst die belegten Schmerzpunkte, nach betroffenen Menschen. Nur Geglaubtes weglassen oder kennzeichnen."),
            ("Ideen, allein und in Stille", "Jede Idee auf einen Zettel, zu dem Schritt, dem sie hilft. Beginnen Sie mit: Wir sollten …"),
            ("Wie wichtig?", "Bewerten Sie jeden Schmerzpunkt geheim von 1 bis 5. Nach dem Aufdecken sagen die höchste und die niedrigste Stimme, warum."),
            ("Punkte auf Ideen", "Fünf Punkte je Person, höchstens zwei auf eine."),
            ("Die ersten drei", "Für jede: Was ist der kleinste Schritt, woran sehen wir, dass er wirkt, was ließe uns aufhören?"),
            ("Wer und wann", "Zu jeder eine Person und ein Tag."),
        ),
    ),
}  # fmt: skip
AR: Final[Mapping[str, Words]] = {
    "mapping": (
        "رسم ما نعتقده (90 دقيقة)",
        (
            ("لماذا نحن هنا", "قولوا رحلة مَن هذه، وأين تبدأ وأين تنتهي، وما الذي سيُقرَّر بالخريطة. اتفقوا على من يدير الورشة ومن يكتب."),
            ("المراحل والخطوات", "سمّوا ما يفعله العميل بكلماته هو، لا ما تفعله الأقسام. سبع مراحل على الأكثر؛ والخلافات تُترك للنقاش."),
            ("الكتابة في صمت", "يكتب كل واحد ملاحظاته وحده: ما يسأل عنه العملاء، وما يفكرون فيه، وما يجدونه صعبًا، وما يجدونه جيدًا. فكرة واحدة في كل ملاحظة. لا أحد يتكلم."),
            ("ترتيب الملاحظات", "ضعوا كل ملاحظة عند خطوة وفي صف. ما يقول الشيء نفسه يُدمج، وما يقول عكسه يبقى كلاهما."),
            ("كيف تُحَسّ كل خطوة؟", "يقيّم كل قسم الخطوات نفسها وحده، من سيئ جدًا إلى جيد جدًا. ثم اكشفوا النتائج وابدؤوا بالخطوة التي تتباعدون فيها أكثر."),
            ("ما الذي يجب أن نعرفه أولًا؟", "ثلاث نقاط لكل شخص، على العبارات الأهم التي لا نعرف عنها إلا القليل."),
            ("من يفعل ماذا ومتى", "سمّوا من يسأل العملاء، ومن يجلب البيانات، ومتى تلتقون مرة أخرى. كل ما على الخريطة افتراض حتى ذلك الحين."),
        ),
    ),
    "evidence": (
        "مقارنة الخريطة بالأدلة (60 دقيقة)",
        (
            ("ما كنا نعتقده", "اقرؤوا الخريطة مرة بصوت مسموع، كأنكم العميل. لا أحد يدافع عن شيء."),
            ("ما يصمد وما لا يصمد", "مرّوا على العبارات التي تنفيها الأدلة. اقرؤوا الرقم، وعدد الحالات التي يقوم عليها، وتاريخه. «غير معروف» جواب أيضًا."),
            ("ما يفعله العملاء ولا تظهره الخريطة", "أضيفوا ما يفعله كثيرون، واحذفوا ما لا يفعله أحد. اكتبوا السبب."),
            ("أين نختلف؟", "تقيّم الأقسام الخطوات التي ما زالت غير معروفة، كلٌّ على حدة."),
            ("ما الذي نبحث عنه بعد ذلك", "نقاط على العبارات غير المعروفة التي قد تغيّر قرارًا."),
            ("من يسأل من", "لكل أمر غير معروف مسؤول ويوم."),
        ),
    ),
    "prioritizing": (
        "تحديد ما نحسّنه أولًا (75 دقيقة)",
        (
            ("ما نريد الوصول إليه", "سمّوا هدف الرحلة ورقمه اليوم."),
            ("أين الألم، وكم يصيب", "انظروا أولًا إلى المتاعب التي عليها أدلة، بحسب عدد من تصيبهم. اتركوا ما هو مجرد اعتقاد، أو ضعوا عليه علامة."),
            ("أفكار، فرديًا وفي صمت", "كل فكرة في ملاحظة، عند الخطوة التي تساعدها. ابدؤوا بعبارة: ينبغي أن …"),
            ("ما مدى الأهمية؟", "قيّموا كل مشكلة من 1 إلى 5 سرًا. ثم اكشفوا، وليقل صاحب أعلى تقييم وصاحب أدناه لماذا."),
            ("نقاط على الأفكار", "خمس نقاط لكل شخص، اثنتان على الأكثر على الفكرة الواحدة."),
            ("الثلاث الأولى", "لكل واحدة: ما أصغر خطوة، وماذا سنرى إن نجحت، وما الذي يجعلنا نتوقف؟"),
            ("المسؤولون والأيام", "اكتبوا لكل واحدة مسؤولًا ويومًا."),
        ),
    ),
}  # fmt: skip
LANGUAGES: Final[Mapping[str, Mapping[str, Words]]] = {"en": EN, "de": DE, "ar": AR}
