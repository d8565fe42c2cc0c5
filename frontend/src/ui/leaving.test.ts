import assert from "node:assert/strict";
import { test } from "node:test";
import { Leaving } from "./leaving.ts";

class Window {
  address = "/maps/shop/readings";
  readonly app = new Leaving(
    () => this.address,
    (to) => this.goes(to),
  );

  goes(to: string): void {
    this.address = to;
    this.app.heard();
  }
}

test("who typed nothing leaves without a question", () => {
  const page = new Window();
  page.app.hold(() => false);
  page.goes("/personas");
  assert.equal(page.app.at(), "/personas");
  assert.equal(page.app.wanted(), null);
});

test("typed words stay until somebody says that they may be lost", () => {
  const page = new Window();
  let told = 0;
  page.app.subscribe(() => {
    told += 1;
  });
  page.app.hold(() => true);
  page.goes("/personas");
  assert.equal(page.app.at(), "/maps/shop/readings");
  assert.equal(page.app.wanted(), "/personas");
  page.app.leave();
  page.app.stay();
  assert.equal(page.app.at(), "/personas");
  assert.equal(page.app.wanted(), null);
  assert.equal(told, 2);
});

test("who stays is where they were, and is asked again the next time", () => {
  const page = new Window();
  const done = page.app.hold(() => true);
  page.goes("/personas");
  page.app.stay();
  assert.equal(page.address, "/maps/shop/readings");
  assert.equal(page.app.wanted(), null);
  page.goes("/people");
  assert.equal(page.app.wanted(), "/people");
  page.goes("/maps/shop/readings");
  assert.equal(page.app.wanted(), null);
  done();
  page.goes("/people");
  assert.equal(page.app.at(), "/people");
});
