import type { Catalogue } from "../catalogue.ts";

/** What went wrong, and what to do. */
export const trouble = {
  trouble_offline:
    "The server does not answer. Your connection may be down, or the server is being restarted.",
  trouble_E701: "There is a map with this name already.",
  trouble_E702: "This is not here, or not any more.",
  trouble_E704: "The server could not write this down. Its disk may be full.",
  trouble_E706: "There is a version with this name already.",
  trouble_E707: "This is too large.",
  trouble_E708: "You may not do this here.",
  trouble_E709: "Too many tries. Wait a minute.",
  trouble_E710: "The name or the password is wrong.",
  trouble_E711:
    "This link is wrong, was used, has ended, or its password is wrong. Ask whoever gave it to you for a new one.",
  trouble_E712: "The password is too short: it needs at least 12 characters.",
  trouble_E713: "Somebody has this name already.",
  trouble_E715: "Somebody must stay administrator.",
  trouble_E716: "The browser did not say that this page asked. Reload it and try again.",
  trouble_E718: "Somebody has changed this meanwhile. Look again and repeat it.",
  trouble_E729: "The provider of your account does not answer. Try again in a minute.",
  trouble_E743: "This sign-in was begun in another browser, or too long ago. Sign in again.",
  trouble_E744:
    "The provider of your account did not let you in, or its answer cannot be trusted. Sign in again; if it happens again, tell an administrator.",
  trouble_E745: "Your account may not come in here. Ask an administrator.",
  trouble_E717: "This is no picture. Send a PNG, JPEG, WebP or GIF file.",
  trouble_E741: "This picture cannot be read. Send a PNG, JPEG, WebP or GIF file.",
  trouble_E742: "This picture is too large. Send one of at most 5 MB and 50 million pixels.",
} as const satisfies Catalogue;
