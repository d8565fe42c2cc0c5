/** A file on its way to the server, with how much of it is there. */

import { addressOf } from "./calls.ts";
import { api, Refused, refusedOf } from "./client.ts";
import type { Calls } from "./types/index.ts";

type Name = "POST /api/maps/{map}/sources";

/** How a file is sent. */
export interface Sending {
  readonly map: string;
  readonly file: File;
  readonly kind: "events" | "feedback" | "";
  /** Called with the share that is there, 0 to 1. */
  readonly onShare: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Send a file; the source it becomes. Only this way of asking tells how far a file is. */
export function sendFile({ map, file, kind, onShare, signal }: Sending) {
  const template = "/api/maps/{map}/sources";
  const path = addressOf(template, new Map([["map", map]]));
  const address = api.address(path, { name: file.name, kind });
  return new Promise<Calls[Name]["answer"]>((kept, broken) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onShare(event.loaded / Math.max(event.total, 1));
    };
    request.upload.onload = () => onShare(1);
    request.onload = async () => {
      if (request.status >= 200 && request.status < 300) {
        try {
          kept(JSON.parse(request.responseText));
        } catch (error) {
          broken(error);
        }
        return;
      }
      const headers = { "content-type": request.getResponseHeader("content-type") ?? "" };
      broken(
        await refusedOf(new Response(request.responseText, { status: request.status, headers })),
      );
    };
    request.onerror = () =>
      broken(new Refused({ status: 0, code: "OFFLINE", title: "the server does not answer" }));
    request.onabort = () => broken(signal.reason);
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
