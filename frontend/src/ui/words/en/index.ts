import { board } from "./board.ts";
import { common } from "./common.ts";
import { entrance } from "./entrance.ts";
import { shell } from "./shell.ts";
import { trouble } from "./trouble.ts";

export const en = { ...common, ...shell, ...board, ...entrance, ...trouble };
