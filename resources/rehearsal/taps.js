// What a tap does: on this page, and for the shop that hears of it.

import { say } from "/rehearsal/page/draw.js";

let person = null;
let heard = () => {};

// Whose phone is in hand, and who is told what the shop heard.
export function holding(userId, tell) {
  person = userId;
  heard = tell;
}

export async function does(what) {
  const answer = await fetch(`/rehearsal/people/${person}/says`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(what),
  });
  heard(await answer.json(), answer.ok);
}

// Returns what tapping an action does; `place` says in which delivery and bubble it stands.
export function tapping(action, place = {}) {
  return () => (DOINGS[action.type] ?? report)(action, place);
}

const report = (action, place) => does({ tap: { action, ...place } });

const DOINGS = {
  uri(action, place) {
    const address = action.uri ?? action.linkUri;
    if (/^https?:\/\//.test(address)) window.open(address, "_blank", "noopener,noreferrer");
    heard({ note: say("opens", { address }) }, true);
    return report(action, place);
  },
  async clipboard(action, place) {
    try {
      await navigator.clipboard.writeText(action.clipboardText);
    } finally {
      heard({ note: say("copied", { text: action.clipboardText }) }, true);
    }
    return report(action, place);
  },
  async datetimepicker(action, place) {
    const picked = await pick(action);
    if (picked) await does({ tap: { action, ...place, picked } });
  },
  camera: sendPicture,
  cameraRoll: sendPicture,
  location: () => does({ location: { title: say("here"), address: "東京都千代田区千代田1-1", latitude: 35.6812, longitude: 139.7671 } }),
};

function pick(action) {
  const dialog = document.getElementById("picker");
  const input = document.getElementById("picked");
  input.type = action.mode === "datetime" ? "datetime-local" : action.mode;
  input.value = action.initial ?? "";
  input.min = action.min ?? "";
  input.max = action.max ?? "";
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok" ? input.value : null), { once: true });
    dialog.returnValue = "";
    dialog.showModal();
  });
}

// The friend sends a picture of their own: any file of this computer.
export function sendPicture() {
  const file = document.getElementById("file");
  file.value = "";
  file.onchange = () => {
    const reader = new FileReader();
    reader.onload = () => does({ image: { base64: reader.result.split(",")[1], mediaType: file.files[0].type || "image/png" } });
    reader.readAsDataURL(file.files[0]);
  };
  file.click();
}
