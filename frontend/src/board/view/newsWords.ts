import type { Board } from "../../doc/board.ts";
import type { Words } from "../../ui/words/words.ts";
import type { News } from "../look.ts";
import { cardTitle, homeTitle, laneTitle, scoreWords, signed } from "./titles.ts";

/** What happened, in words. */
export function newsWords(words: Words, board: Board | null, news: News): string {
  const { say } = words;
  const nameOf = (ref: string) => {
    const card = board?.find(ref);
    return card ? cardTitle(words, card) : ref;
  };
  switch (news.news) {
    case "gone":
      return say("told_gone", { name: nameOf(news.ref) });
    case "copied":
      return say("told_copied", { name: nameOf(news.ref) });
    case "added":
      return say("told_added", { name: nameOf(news.ref) });
    case "split":
      return say("told_split", { name: nameOf(news.ref) });
    case "merged":
      return say("told_merged", { name: nameOf(news.ref) });
    case "moved": {
      const home = board && news.at ? homeTitle(say, board, news.at) : "";
      const place = news.lane ? `${home}, ${laneTitle(say, news.lane)}` : home;
      return say("told_moved", { name: nameOf(news.ref), place });
    }
    case "score": {
      const { score } = news;
      return say("told_score", { score: signed(words, score), words: scoreWords(say, score) });
    }
    case "picture":
      return say("told_picture", { name: nameOf(news.ref) });
    case "no_picture":
      return say("told_no_picture", { name: nameOf(news.ref) });
    case "undone":
      return say("told_undone");
    case "redone":
      return say("told_redone");
    case "nowhere":
      return say("told_nowhere");
    case "edge":
      return say("told_edge");
    case "reading":
      return say("told_reading");
  }
}
