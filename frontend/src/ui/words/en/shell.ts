import type { Catalogue } from "../catalogue.ts";

/** Words of the frame around every page, of coming in and of going. */
export const shell = {
  maps: "Maps",
  map_rooms: "Parts of this map",
  map_menu: "This map and {name}",
  personas: "Personas",
  people: "People",
  main_navigation: "Pages",
  settings: "Settings",
  language: "Language",
  theme: "Appearance",
  theme_system: "As the system",
  theme_light: "Light",
  theme_dark: "Dark",
  to_content: "To the content",
  role_viewer: "Viewer",
  role_commenter: "Commenter",
  role_editor: "Editor",
  role_facilitator: "Facilitator",
  role_administrator: "Administrator",
  offline: "The server cannot be reached. What you see may be old.",
  not_found: "There is no such page",
  not_found_more: "The address may be mistyped, or what was there has been moved.",
  to_maps: "To the maps",
  page_broken:
    "This page broke. Your changes are kept. Reload it; if it breaks again, tell who runs the server.",
  part_missing:
    "This part of the app cannot be loaded: the server may be away, or it has a newer version by now. Your changes are kept.",
  reload: "Reload",
  language_missing:
    "The words of this language cannot be loaded. Your connection may be down, or the server has a newer version: reload the page.",
  went_wrong: "Something went wrong",
} as const satisfies Catalogue;
