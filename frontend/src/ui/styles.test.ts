import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

// Styles of pages that were open once stay: a class with two meanings breaks the next page.
test("every class belongs to one room", () => {
  const rooms = new Map<string, Set<string>>();
  const root = new URL("../", import.meta.url).pathname;
  for (const file of globSync("**/*.css", { cwd: root })) {
    const room = file
      .split("/")
      .slice(0, file.startsWith("pages/") ? 2 : 1)
      .join("/");
    for (const [, name] of readFileSync(root + file, "utf8").matchAll(/^\.([\w-]+)(?=\s*[,{])/gm)) {
      if (name) rooms.set(name, (rooms.get(name) ?? new Set()).add(room));
    }
  }
  assert.ok(rooms.size > 100);
  const shared = [...rooms].filter(([, of]) => of.size > 1).map(([name]) => name);
  assert.deepEqual(shared, []);
});
