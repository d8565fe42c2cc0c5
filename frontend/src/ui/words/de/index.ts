import { board } from "./board.ts";
import { common } from "./common.ts";
import { shell } from "./shell.ts";

export const de = { ...common, ...shell, ...board };
