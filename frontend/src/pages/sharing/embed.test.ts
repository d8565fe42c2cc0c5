import assert from "node:assert/strict";
import { test } from "node:test";
import { embedCode } from "./embed.ts";

test("a title is text in the code that embeds a page", () => {
  assert.equal(
    embedCode("https://maps.example.com/p/x", 'A "><script>alert(1)</script> & co'),
    '<iframe src="https://maps.example.com/p/x" title="A &quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" width="100%" height="700" loading="lazy"></iframe>',
  );
});
