import assert from "node:assert/strict";
import { test } from "node:test";
import { apiOf, Refused } from "./client.ts";

/** An api that is answered with what a test says, and keeps what was asked. */
function answered(answer: () => Response) {
  const asked: { address: string; init: RequestInit }[] = [];
  const api = apiOf(
    () => "https://maps.example/team/#/maps/shop",
    (address, init) => {
      asked.push({ address, init });
      return Promise.resolve(answer());
    },
  );
  return { api, asked };
}

function json(data: unknown, init: ResponseInit = {}): Response {
  const headers = { "content-type": "application/json", ...init.headers };
  return new Response(JSON.stringify(data), { ...init, headers });
}

test("addresses stay below the path the page came from", async () => {
  const { api, asked } = answered(() => json({ maps: [] }));
  assert.deepEqual(await api.get("/api/maps", { query: { after: "a b", tag: undefined } }), {
    maps: [],
  });
  assert.equal(asked[0]?.address, "https://maps.example/team/api/maps?after=a+b");
});

test("a body is sent as JSON, a text as a map file", async () => {
  const { api, asked } = answered(() => json({}));
  await api.post("/api/maps", { id: "shop" });
  await api.put("/api/maps/shop", "id: shop\n", { ifMatch: '"3"' });
  assert.equal(asked[0]?.init.body, '{"id":"shop"}');
  assert.deepEqual(asked[0]?.init.headers, {
    accept: "application/json",
    "content-type": "application/json",
  });
  assert.deepEqual(asked[1]?.init.headers, {
    accept: "application/json",
    "if-match": '"3"',
    "content-type": "application/yaml",
  });
});

test("a problem becomes an error with its code and words", async () => {
  const problem = { code: "E709", what: "too many tries", place: "", hint: "Wait a minute." };
  const { api } = answered(() =>
    json(
      { title: "too many tries", detail: "Wait a minute.", code: "E709", problems: [problem, 3] },
      { status: 429, headers: { "content-type": "application/problem+json", "retry-after": "60" } },
    ),
  );
  await assert.rejects(api.post("/api/session", {}), (error) => {
    assert.ok(error instanceof Refused);
    const { status, code, title, detail, problems, retryAfterS } = error;
    assert.deepEqual(
      { status, code, title, detail, problems, retryAfterS },
      {
        status: 429,
        code: "E709",
        title: "too many tries",
        detail: "Wait a minute.",
        problems: [problem],
        retryAfterS: 60,
      },
    );
    return true;
  });
});

test("an error that is none of ours still has a code and words", async () => {
  const { api } = answered(() => new Response("<h1>no</h1>", { status: 502 }));
  await assert.rejects(api.get("/api/me"), { code: "HTTP 502", status: 502 });
});

test("a server that does not answer is told apart from one that refuses", async () => {
  const api = apiOf(
    () => "http://127.0.0.1/",
    () => Promise.reject(new TypeError("failed")),
  );
  await assert.rejects(api.get("/api/me"), { code: "OFFLINE", status: 0 });
});

test("a line that breaks in the middle of an answer is a server that does not answer", async () => {
  const broken = () => {
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode('{"maps": ['));
        stream.error(new TypeError("network error"));
      },
    });
    return new Response(body, { headers: { "content-type": "application/json" } });
  };
  await assert.rejects(answered(broken).api.get("/api/maps"), { code: "OFFLINE", status: 0 });
  await assert.rejects(answered(broken).api.blob("/api/maps"), { code: "OFFLINE", status: 0 });
});

test("an answer without content is null, another kind is a text, a tag is handed on", async () => {
  assert.equal(await answered(() => new Response(null, { status: 204 })).api.delete("/x"), null);
  const yaml = () => new Response("id: shop\n", { headers: { etag: '"7"' } });
  assert.deepEqual(await answered(yaml).api.tagged("GET", "/x"), {
    data: "id: shop\n",
    tag: '"7"',
  });
});
