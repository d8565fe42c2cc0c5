import { call } from "../../../api/calls.ts";
import type { ProofSaid } from "../../../api/types/data.ts";
import { refusedOf } from "./told.ts";

const FIRST_MS = 150;
const MOST_MS = 2000;

type Path = { map: string; source: string };

/** What a source is taken for once nothing is under way with it any more; throws why it could not be read. */
export async function settled(path: Path): Promise<ProofSaid> {
  for (let pause = FIRST_MS; ; pause = Math.min(2 * pause, MOST_MS)) {
    const told = await call("GET /api/maps/{map}/sources/{source}", { path });
    const wrong = refusedOf(told.source);
    if (wrong) throw wrong;
    if (!told.source.doing) return told;
    await new Promise((done) => setTimeout(done, pause));
  }
}
