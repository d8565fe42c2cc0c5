import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, callOn } from "./calls.ts";
import { apiOf } from "./client.ts";
import { everyPage } from "./pages.ts";

test("a request is asked by name, its address filled in, its body sent", async () => {
  const asked: [string, string | undefined, unknown][] = [];
  const api = apiOf(
    () => "http://127.0.0.1/",
    (address, init) => {
      asked.push([address, init.method, init.body]);
      const headers = { "content-type": "application/json" };
      return Promise.resolve(new Response('{"maps": [], "after": null}', { headers }));
    },
  );
  const { after } = await callOn(api, "GET /api/maps", { query: { limit: 2, after: "a" } });
  assert.equal(after, null);
  const path = { map: "a b/c" };
  await callOn(api, "POST /api/maps/{map}/versions", { path, body: { name: "spring" } });
  // @ts-expect-error: the body is needed
  await callOn(api, "POST /api/session");
  // @ts-expect-error: so is the map
  await assert.rejects(callOn(api, "GET /api/maps/{map}"));
  assert.deepEqual(asked.slice(0, 2), [
    ["http://127.0.0.1/api/maps?limit=2&after=a", "GET", undefined],
    ["http://127.0.0.1/api/maps/a%20b%2Fc/versions", "POST", '{"name":"spring"}'],
  ]);
});

test("a list of several pages is asked for to its end", async () => {
  const asked: string[] = [];
  const pages = await everyPage(async (after) => {
    asked.push(after);
    return { after: after === "b" ? null : after ? "b" : "a" };
  });
  assert.deepEqual(asked, ["", "a", "b"]);
  assert.equal(pages.length, 3);
});

test("an address with a name left out is not asked", () => {
  assert.throws(() => addressOf("/api/maps/{map}", new Map()), /"map"/);
});
