import { audit } from "./audit.ts";
import { board } from "./board.ts";
import { boardKeys } from "./boardKeys.ts";
import { common } from "./common.ts";
import { data } from "./data.ts";
import { drafting } from "./drafting.ts";
import { entrance } from "./entrance.ts";
import { evidence } from "./evidence.ts";
import { fields } from "./fields.ts";
import { files } from "./files.ts";
import { jobs } from "./jobs.ts";
import { lanes } from "./lanes.ts";
import { library } from "./library.ts";
import { people } from "./people.ts";
import { personas } from "./personas.ts";
import { progress } from "./progress.ts";
import { readings } from "./readings.ts";
import { shell } from "./shell.ts";
import { talk } from "./talk.ts";
import { tasks } from "./tasks.ts";
import { templates } from "./templates.ts";
import { trouble } from "./trouble.ts";
import { workshop } from "./workshop.ts";

export const en = {
  ...common,
  ...shell,
  ...audit,
  ...board,
  ...lanes,
  ...fields,
  ...boardKeys,
  ...evidence,
  ...jobs,
  ...entrance,
  ...trouble,
  ...library,
  ...drafting,
  ...templates,
  ...personas,
  ...readings,
  ...people,
  ...talk,
  ...tasks,
  ...workshop,
  ...progress,
  ...data,
  ...files,
};
