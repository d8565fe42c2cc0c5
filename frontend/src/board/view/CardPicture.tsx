import { api } from "../../api/client.ts";
import type { Card } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { altOf, picturePath } from "../pictures.ts";
import { useMapLang } from "./useBoard.ts";
import "./pictures.css";

/** The picture of a card; nothing where it has none. It says where words for it are missing. */
export function CardPicture({ card, isLarge = false }: { card: Card; isLarge?: boolean }) {
  const { say } = useWords();
  const lang = useMapLang();
  const path = picturePath(card);
  if (!path) return null;
  const alt = altOf(card);
  return (
    <div className={isLarge ? "board-picture board-picture-large" : "board-picture"}>
      <img
        src={api.address(path)}
        alt={alt || say("image_no_words")}
        lang={alt ? lang : undefined}
        loading="lazy"
        draggable={false}
      />
      {alt ? null : (
        <p className="board-picture-wordless" aria-hidden="true">
          {say("image_no_words")}
        </p>
      )}
    </div>
  );
}
