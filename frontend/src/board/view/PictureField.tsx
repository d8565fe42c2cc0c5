import { FileTrigger } from "react-aria-components";
import type { Card } from "../../doc/board.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { together } from "../making.ts";
import { imageOf, PICTURES, pictured, picturePath } from "../pictures.ts";
import { BoundText } from "./Bound.tsx";
import { CardPicture } from "./CardPicture.tsx";
import { useHand } from "./useBoard.ts";
import { useSendPicture } from "./usePictures.ts";

/** The picture of a card, large, with the words for who cannot see it. */
export function PictureField(props: { card: Card; label: string; isReadOnly: boolean }) {
  const { card, label, isReadOnly } = props;
  const hand = useHand();
  const { say } = useWords();
  const { send, isSending } = useSendPicture();
  const image = imageOf(card);
  if (isReadOnly && !image) return null;
  const remove = () => {
    if (hand.send(together(pictured(card, "")))) hand.tell({ news: "no_picture", ref: card.ref });
  };
  return (
    <fieldset className="field panel-group">
      <legend className="field-label">{label}</legend>
      <CardPicture card={card} isLarge />
      {image && !picturePath(card) ? (
        <p className="field-hint">{say("image_elsewhere", { name: image })}</p>
      ) : null}
      {isReadOnly ? null : (
        <>
          {image ? null : <p className="field-hint">{say("image_none")}</p>}
          <div className="picture-acts">
            <FileTrigger
              acceptedFileTypes={PICTURES}
              onSelect={(files) => {
                const [file] = files ?? [];
                if (file) send(card, file);
              }}
            >
              <Button icon="image" isPending={isSending}>
                {say("picture_choose")}
              </Button>
            </FileTrigger>
            {image ? (
              <Button weight="quiet" onPress={remove}>
                {say("picture_remove")}
              </Button>
            ) : null}
          </div>
          <p className="field-hint">{say("picture_hint")}</p>
        </>
      )}
      {image ? (
        <>
          <BoundText
            card={card}
            field="image_alt"
            label={say("image_alt")}
            isLine={false}
            isNeeded={false}
            isReadOnly={isReadOnly}
          />
          <p className="field-hint">{say("image_alt_hint")}</p>
        </>
      ) : null}
    </fieldset>
  );
}
