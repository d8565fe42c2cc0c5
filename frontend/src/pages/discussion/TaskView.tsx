import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { TaskSaid } from "../../api/types/shared.ts";
import { Button } from "../../ui/Button.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { Dialog, DialogButtons, DialogTrigger } from "../../ui/Dialog.tsx";
import { SelectField } from "../../ui/Fields.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { dayHere, dueOf, dueWords, givenKey } from "./due.ts";
import type { Named } from "./mentions.ts";

const NOBODY = "nobody";

/** That a thread is a task, whose, and by when; what is done is not overdue. */
export function TaskLine({ task, isDone }: { task: TaskSaid; isDone: boolean }) {
  const words = useWords();
  const { say, day } = words;
  const today = dayHere(new Date());
  const isLate = !isDone && Boolean(task.due) && dueOf(task.due, today) === "overdue";
  const name = task.name || (task.is_away ? say("task_left") : "");
  const due =
    isDone && task.due ? say("task_by", { day: day(task.due) }) : dueWords(words, task.due, today);
  return (
    <p className="talk-task">
      <span className="talk-tag">{say("task")}</span>
      <bdi>{name && !task.is_mine ? say("task_given", { who: name }) : say(givenKey(task))}</bdi>
      {task.is_away && task.name ? (
        <span className="talk-tag talk-late">{say("task_away")}</span>
      ) : null}
      {due ? (
        <span className={isLate ? "talk-tag talk-late" : "soft"}>
          {isLate ? <Icon name="warning" /> : null}
          {due}
        </span>
      ) : null}
    </p>
  );
}

type Props = {
  mapId: string;
  threadId: string;
  task: TaskSaid | null;
  people: readonly Named[];
  again: () => void;
};

/** Makes a thread a task, or changes to whom it is given and by when. */
export function TaskButton(props: Props) {
  const { say } = useWords();
  const words = say(props.task ? "task_change" : "task_make");
  return (
    <DialogTrigger>
      <Button weight="quiet" icon="person">
        {words}
      </Button>
      <Dialog title={words}>{(close) => <TaskForm {...props} close={close} />}</Dialog>
    </DialogTrigger>
  );
}

function TaskForm({ mapId, threadId, task, people, again, close }: Props & { close: () => void }) {
  const { say } = useWords();
  const { me } = useMe();
  const [person, setPerson] = useState(task?.person || NOBODY);
  const [due, setDue] = useState(task?.due ?? "");
  const sending = useSending();
  const path = { map: mapId, thread: threadId };
  const mine = people.filter((one) => one.name === me.name);
  const others = people.filter((one) => one.name !== me.name);
  const choices = [
    { id: NOBODY, words: say("task_nobody") },
    ...mine.map(({ id, name }) => ({ id, words: say("task_me", { name }) })),
    ...others.map(({ id, name }) => ({ id, words: name })),
  ];
  if (task?.is_away) {
    const name = task.name;
    choices.push({
      id: task.person,
      words: name ? say("task_gone", { name }) : say("task_left"),
    });
  }
  const done = async (act: () => Promise<unknown>) => {
    if (!(await sending.send(act))) return;
    close();
    again();
  };
  const give = () => {
    const body = { person: person === NOBODY ? "" : person, due };
    return call("PUT /api/maps/{map}/threads/{thread}/task", { path, body });
  };
  const end = () => call("DELETE /api/maps/{map}/threads/{thread}/task", { path });
  return (
    <form
      className="talk-form"
      onSubmit={(event) => {
        event.preventDefault();
        done(give);
      }}
    >
      <SelectField label={say("task_who")} choices={choices} chosen={person} onChoose={setPerson} />
      <DayField label={say("task_day")} value={due} onChange={setDue} />
      {sending.error ? <Trouble error={sending.error} /> : null}
      <DialogButtons>
        <Button onPress={close}>{say("cancel")}</Button>
        {task ? (
          <Button isPending={sending.isSending} onPress={() => done(end)}>
            {say("task_end")}
          </Button>
        ) : null}
        <Button type="submit" weight="primary" isPending={sending.isSending}>
          {say("save")}
        </Button>
      </DialogButtons>
    </form>
  );
}
