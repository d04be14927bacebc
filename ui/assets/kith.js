// What script adds to pages that work without it. Each part looks for its own mark in the page and does nothing where
// there is none. Nothing is kept in the browser.
import { Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink, createAll } from "govuk-frontend";
import { startAutosave } from "./autosave.js";
import { startCall } from "./call.js";
import { startClocks } from "./clocks.js";
import { startExit } from "./exit.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

export function decorate(scope) {
  for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink]) {
    createAll(component, undefined, { scope });
  }
}

startExit();
decorate(document);
startClocks();
startKeys();
startCall();
startAutosave();
startLive(decorate);
