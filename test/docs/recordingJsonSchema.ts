import { toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import {
  CallSchema,
  RealmSchema,
  RecordingSchema,
  SNAPSHOT_KINDS,
  SnapshotSchema,
} from "../../src/recording/schema.js";

type JsonSchema = Record<string, unknown>;

const DRAFT = "https://json-schema.org/draft/2020-12/schema";
const SNAPSHOT: JsonSchema = { $ref: "#/$defs/snapshot" };

/** The file format as JSON Schema, out of the very definition that `parseRecording` checks with. */
export function recordingJsonSchema(): JsonSchema {
  const recording = convert(RecordingSchema) as JsonSchema & { properties: Record<string, JsonSchema> };
  recording.properties.realms!.items = { $ref: "#/$defs/realm" };
  recording.properties.calls!.items = { $ref: "#/$defs/call" };
  return {
    $schema: DRAFT,
    title: "Keyhole recording",
    description:
      "A .keyhole.json file: calls of the Web Authentication API as a page made them, and what came back. See recording-format.md.",
    ...recording,
    $defs: { realm: convert(RealmSchema), call: convert(CallSchema), snapshot: snapshotSchema() },
  };
}

/** As text, for the file that is published. */
export function writeJsonSchema(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function convert(schema: v.GenericSchema): JsonSchema {
  const { $schema: _, ...converted } = toJsonSchema(schema, {
    target: "draft-2020-12",
    overrideSchema: ({ valibotSchema }) => (valibotSchema === SnapshotSchema ? SNAPSHOT : undefined),
    // Finite is what every number of JSON is.
    ignoreActions: ["finite"],
  }) as JsonSchema;
  return converted;
}

/** JSON that keeps what JSON loses: plain values as they are, everything else an object with a "$" member. */
function snapshotSchema(): JsonSchema {
  const kinds = Object.entries(SNAPSHOT_KINDS).map(([kind, schema]): JsonSchema => {
    const {
      properties = {},
      required = [],
      ...rest
    } = convert(schema) as {
      properties?: Record<string, JsonSchema>;
      required?: string[];
    };
    const value = properties.value && !("enum" in properties.value) && !("pattern" in properties.value);
    return {
      ...rest,
      properties: {
        $: { const: kind },
        ...properties,
        ...(value && { value: { type: "object", additionalProperties: SNAPSHOT } }),
      },
      required: ["$", ...required],
    };
  });
  return {
    description:
      'A value of a page. An object with a "$" member stands for what JSON has no word for; a page\'s own member whose name is only "$" signs is written with one more.',
    anyOf: [
      { type: ["null", "boolean", "number", "string"] },
      { type: "array", items: SNAPSHOT },
      { type: "object", properties: { $: false }, additionalProperties: SNAPSHOT },
      ...kinds,
      {
        description: "a kind of a later version",
        type: "object",
        properties: { $: { not: { enum: Object.keys(SNAPSHOT_KINDS) } } },
        required: ["$"],
      },
    ],
  };
}
