import type { Recording } from "../recording/recording.js";
import { serializeRecording } from "../recording/serializeRecording.js";
import { toHtml } from "./html.js";
import { writeJavaScript } from "./javascript.js";
import { type Judged, toMarkdown } from "./markdown.js";
import { writeWebAuthnJson } from "./webauthnJson.js";

/** A form in which a whole recording can be written. */
export interface ExportFormat {
  id: "recording" | "report" | "html" | "webauthn-json" | "javascript";
  name: string;
  /** what it is for, in a few words */
  purpose: string;
  /** of the file's name, without the leading dot */
  extension: string;
  mediaType: string;
  /** it quotes what was found, so that it needs the analysis */
  needs?: "analysis" | "viewer";
  write(exported: Exported): string;
}

export interface Exported {
  recording: Recording;
  /** of that very recording; undefined where a format does not need it */
  judged?: Judged | undefined;
  /** the text of the viewer's page, for the one format that contains it */
  viewer?: string | undefined;
}

/** In the order in which they are offered. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  {
    id: "recording",
    name: "Recording",
    purpose: "to open in Keyhole again, judge on other iOS versions, or keep for a test",
    extension: "keyhole.json",
    mediaType: "application/json",
    write: ({ recording }) => serializeRecording(recording),
  },
  {
    id: "report",
    name: "Report",
    purpose: "in Markdown, for a bug report: where, what happened, every finding, the forecast",
    extension: "md",
    mediaType: "text/markdown",
    needs: "analysis",
    write: ({ judged }) => (judged ? toMarkdown(judged) : ""),
  },
  {
    id: "html",
    name: "Web page",
    purpose: "that shows all of it to people without Keyhole: one file, no network",
    extension: "html",
    mediaType: "text/html",
    needs: "viewer",
    write: ({ recording, viewer }) => (viewer === undefined ? "" : toHtml(recording, viewer)),
  },
  {
    id: "webauthn-json",
    name: "WebAuthn JSON",
    purpose: "options and responses as servers and libraries exchange them",
    extension: "webauthn.json",
    mediaType: "application/json",
    write: ({ recording }) => writeWebAuthnJson(recording),
  },
  {
    id: "javascript",
    name: "JavaScript",
    purpose: "that makes the calls again, from the console of a page",
    extension: "js",
    mediaType: "text/javascript",
    write: ({ recording }) => writeJavaScript(recording),
  },
];
