/** Pictures of statements and steps: an id the server gave, and words for who cannot see it. */
import type { Card } from "../doc/board.ts";
import type { Change, Edit } from "../doc/commands.ts";
import { textOf } from "./grid.ts";

/** Kinds of files the server takes for pictures. */
export const PICTURES: readonly string[] = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const OURS = /^[0-9a-f]{64}$/;

/** What stands where a card has a picture, "" for none; also the name of a file that is not here. */
export function imageOf(card: Card): string {
  return textOf(card.fields.image);
}

/** Path of a card's picture on the server, "" where it is not there. */
export function picturePath(card: Card): string {
  const image = imageOf(card);
  return OURS.test(image) ? `/api/images/${image}` : "";
}

/** What the picture of a card shows, "" as long as nobody has said so. */
export function altOf(card: Card): string {
  return textOf(card.fields.image_alt).trim();
}

/** Whether cards of a kind may have a picture. */
export function mayHavePicture(card: Card | null | undefined): card is Card {
  return card?.kind === "statement" || card?.kind === "step";
}

/** The edits that give a card a picture, or take it away with its words. */
export function pictured(card: Card, image: string, alt = ""): Edit[] {
  const set = (field: string, value: string): Change => {
    return { do: "change", ref: card.ref, field, value: value || null, was: was(field) };
  };
  const was = (field: string) => card.fields[field] ?? null;
  const edits = [set("image", image)];
  // words of the picture before say nothing of this one
  if (alt || altOf(card)) edits.push(set("image_alt", alt));
  return edits;
}

/** The picture of what was pasted or dropped; none where a table or words came along. */
export function pictureIn(data: DataTransfer): File | null {
  if (data.getData("text/plain")) return null;
  return [...data.files].find((file) => file.type.startsWith("image/")) ?? data.files[0] ?? null;
}
