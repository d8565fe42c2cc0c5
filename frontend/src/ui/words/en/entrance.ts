import type { Catalogue } from "../catalogue.ts";

/** Words of coming in and going. */
export const entrance = {
  sign_in: "Sign in",
  sign_out: "Sign out",
  sign_in_more:
    "This server keeps journey maps of a team. Sign in with the name and password you were given.",
  sign_in_or: "or",
  sign_in_with: "Sign in with {name}",
  your_name: "Your name",
  password: "Password",
  password_hint: "At least 12 characters. A sentence is long and easy to remember.",
  password_show: "Show the password",
  password_lost: "Lost your password? An administrator can give you a new one.",
  first_title: "Welcome to desirepath",
  first_more:
    "You are the first one here. Make the account of the administrator: it adds the others, says what each may do and gives new passwords.",
  first_make: "Make the account",
  link_title: "You are invited to a map",
  link_more: "Others see the name you give here beside what you do. Nothing else is asked of you.",
  link_password: "Password of the link",
  link_password_hint: "Only if you were given one.",
  link_enter: "Open the map",
  ended: "Your session has ended. Sign in again to go on.",
} as const satisfies Catalogue;
