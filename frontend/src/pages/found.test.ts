import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../api/client.ts";
import { afterTrouble } from "./found.ts";

const refused = (status: number) => new Refused({ status, code: "", title: "" });
const before = { path: "/api/maps", data: ["shop"] };

test("what was there stays where the server is away for a moment", () => {
  for (const status of [0, 429, 502, 503]) {
    const error = refused(status);
    assert.deepEqual(afterTrouble(before, "/api/maps", error), { ...before, error });
  }
});

test("what may not be seen or is gone goes, and another page shows nothing of this one", () => {
  for (const status of [401, 403, 404]) {
    assert.equal(afterTrouble(before, "/api/maps", refused(status)).data, undefined);
  }
  assert.equal(afterTrouble(before, "/api/people", refused(0)).data, undefined);
});
