import { call } from "../../api/calls.ts";
import type { PublicQuoteSaid, PublicQuotesSaid } from "../../api/types/index.ts";
import { Checkbox } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked, useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";

const US_PER_MS = 1000;

/** Which words of customers everybody may see: none until somebody chooses them, one by one. */
export function PublicQuotes({ mapId }: { mapId: string }) {
  const { say } = useWords();
  const path = `/api/maps/${encodeURIComponent(mapId)}/pages/quotes`;
  const { data, error, again } = useAsked<PublicQuotesSaid>(path);
  const { send, error: wrong } = useSending();
  if (error) return <Trouble error={error} retry={again} />;
  if (!data) return <p role="status">{say("loading")}</p>;
  const { quotes } = data;
  if (quotes.length === 0) return <p className="soft">{say("public_quotes_none")}</p>;
  const released = quotes.filter((one) => one.is_released).length;
  const choose = (quote: string, isOn: boolean) =>
    send(async () => {
      const sent = { path: { map: mapId, quote } };
      if (isOn) await call("PUT /api/maps/{map}/pages/quotes/{quote}", sent);
      else await call("DELETE /api/maps/{map}/pages/quotes/{quote}", sent);
      again();
    });
  return (
    <details className="public-quotes">
      <summary>{say("public_quotes_open", { released, count: quotes.length })}</summary>
      <p className="small soft">{say("public_quotes_more")}</p>
      {wrong ? <Trouble error={wrong} /> : null}
      <ul>
        {quotes.map((one) => (
          <li key={one.key}>
            <Checkbox
              isSelected={one.is_released}
              onChange={(isOn) => {
                void choose(one.key, isOn);
              }}
            >
              <q>
                <bdi lang={one.language}>{one.text}</bdi>
              </q>
              <Told quote={one} />
            </Checkbox>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where it was said, how many speak of it, and who chose it. */
function Told({ quote }: { quote: PublicQuoteSaid }) {
  const { say, date } = useWords();
  const day = date(quote.at_us / US_PER_MS);
  const told = [
    quote.place || say("public_quote_whole"),
    quote.theme.replaceAll("_", " "),
    quote.customers > 0
      ? say("public_quote_customers", { count: quote.customers })
      : say("public_quote_own"),
    quote.channel,
    quote.is_released ? say("public_quote_by", { day, who: quote.by }) : "",
  ];
  return (
    <span className="public-told small soft">
      {told
        .filter((one) => one)
        .map((one) => (
          <bdi key={one}>{one}</bdi>
        ))}
    </span>
  );
}
