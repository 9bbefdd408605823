import fc from "fast-check";
import { anyEdits, CANARY, type Edit, HOSTILE_TEXTS, pick } from "./edit.js";
import { mutateBytes } from "./mutateBytes.js";
import { mutateText } from "./mutateText.js";

/** JSON that may have what objects cannot: members twice, numbers that are written oddly, any depth. */
type Tree =
  | { list: Tree[] }
  | { members: [name: string, value: Tree][] }
  | { leaf: unknown }
  | { written: string };

/** A sample whose values, members and the bytes and JSON inside of them were changed, as text. */
export const anyJsonLike = (samples: readonly unknown[]): fc.Arbitrary<string> =>
  anyTree(samples).map((tree) => write(tree).slice(0, MAX_LENGTH));

/** The same as a value. `others`: what may stand in it beyond what JSON knows. */
export const anyValueLike = (
  samples: readonly unknown[],
  others: readonly unknown[] = [],
): fc.Arbitrary<unknown> => anyTree(samples, others).map(make);

const MAX_LENGTH = 2_000_000;

function anyTree(samples: readonly unknown[], others: readonly unknown[] = []): fc.Arbitrary<Tree> {
  return fc.tuple(fc.nat(samples.length - 1), anyEdits(8)).map(([index, edits]) => {
    const root: Tree = { list: [treeOf(samples[index])] };
    for (const edit of edits) editTree(root, edit, others);
    return root.list[0] ?? { written: "" };
  });
}

function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { list: value.map(treeOf) };
  if (typeof value !== "object" || value === null) return { leaf: value };
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return { members: entries.map(([name, member]) => [name, treeOf(member)]) };
}

function write(tree: Tree): string {
  if ("written" in tree) return tree.written;
  if ("leaf" in tree) return writeLeaf(tree.leaf);
  if ("list" in tree) return `[${tree.list.map(write).join(",")}]`;
  return `{${tree.members.map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`).join(",")}}`;
}

/** What JSON has no word for is null, as in lists. */
function writeLeaf(leaf: unknown): string {
  if (typeof leaf === "bigint") return String(leaf);
  try {
    return JSON.stringify(leaf) ?? "null";
  } catch {
    return "null";
  }
}

function make(tree: Tree): unknown {
  if ("written" in tree) {
    try {
      return JSON.parse(tree.written);
    } catch {
      return tree.written;
    }
  }
  if ("leaf" in tree) return tree.leaf;
  if ("list" in tree) return tree.list.map(make);
  const made = {};
  for (const [name, value] of tree.members)
    Object.defineProperty(made, name, {
      value: make(value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  return made;
}

/** Changes one value, or one member, in place. */
function editTree(root: Tree & { list: Tree[] }, edit: Edit, others: readonly unknown[]): void {
  const { what, at, by, bytes } = edit;
  const places = placesIn(root);
  const place = pick(places, at);
  if (!place) return;
  const { tree, put, name, rename, copy, remove } = place;
  const everywhere = places.map((each) => each.tree);
  const changes: (() => void)[] = [
    () => put({ leaf: pick(VALUES, by) }),
    () => put({ leaf: pick(others.length > 0 ? others : VALUES, by) }),
    () => put({ written: pick(WRITTEN, by) }),
    () => put(copyOf(pick(everywhere, by))),
    () => put(pick(WRAPPERS, by)(tree)),
    remove,
    () => copy(1),
    () => copy(isLight(tree) ? 1 + (by % 120) : 1),
    () => rename(pick([...NAMES, ...places.flatMap((each) => each.name ?? [])], by)),
    // The inside of a text, of which there are most: bytes in base64url, JSON, words.
    ...Array<() => void>(8).fill(() => {
      if ("leaf" in tree && typeof tree.leaf === "string") put(editText(tree.leaf, edit));
      else if ("leaf" in tree && typeof tree.leaf === "number") put({ leaf: editNumber(tree.leaf, by) });
      else if (name !== undefined) rename(mutateText(name, [{ what, at: by, by: what, bytes }]));
    }),
  ];
  pick(changes, what)();
}

interface Place {
  tree: Tree;
  name?: string;
  put(tree: Tree): void;
  copy(times: number): void;
  remove(): void;
  rename(name: string): void;
}

function placesIn(tree: Tree): Place[] {
  const places: Place[] = [];
  const visit = (inside: Tree) => {
    if (places.length > 5_000) return;
    if ("list" in inside)
      for (const item of [...inside.list]) {
        const at = () => inside.list.indexOf(item);
        places.push({
          tree: item,
          put: (other) => void inside.list.splice(at(), 1, other),
          copy: (times) => void inside.list.splice(at(), 0, ...Array<Tree>(times).fill(item)),
          remove: () => void inside.list.splice(at(), 1),
          rename: () => {},
        });
        visit(item);
      }
    else if ("members" in inside)
      for (const member of [...inside.members]) {
        const at = () => inside.members.indexOf(member);
        places.push({
          tree: member[1],
          name: member[0],
          put: (other) => void inside.members.splice(at(), 1, [member[0], other]),
          copy: (times) => {
            const copies = Array.from({ length: times }, (_, n): [string, Tree] => [
              `${member[0]}${n}`,
              member[1],
            ]);
            inside.members.splice(at(), 0, ...copies);
          },
          remove: () => void inside.members.splice(at(), 1),
          rename: (name) => void inside.members.splice(at(), 1, [name, member[1]]),
        });
        visit(member[1]);
      }
  };
  visit(tree);
  return places;
}

function copyOf(tree: Tree): Tree {
  if ("list" in tree) return { list: tree.list.map(copyOf) };
  return "members" in tree ? { members: tree.members.map(([name, value]) => [name, copyOf(value)]) } : tree;
}

/** Copies of copies grow fast. */
const isLight = (tree: Tree): boolean => placesIn(tree).length < 100 && write(tree).length < 5_000;

function editText(value: string, { what, at, by, bytes }: Edit): Tree {
  const inside = [{ what: what >> 5, at: by, by: at, bytes }];
  if (/^\s*[[{]/.test(value) && what % 3 > 0) {
    try {
      const root = { list: [treeOf(JSON.parse(value))] };
      editTree(root, { what: what >> 5, at: by, by: at, bytes }, []);
      return { leaf: write(root.list[0] ?? { leaf: null }) };
    } catch {}
  }
  if (/^[\w+/-]{16,}={0,2}$/.test(value) && what % 5 > 0) {
    const changed = mutateBytes(Buffer.from(value, "base64"), what % 2 ? inside : [], what % 2 ? [] : inside);
    return { leaf: Buffer.from(changed).toString(/[+/=]/.test(value) ? "base64" : "base64url") };
  }
  return { leaf: by % 3 ? mutateText(value, inside) : pick(HOSTILE_TEXTS, at) };
}

const editNumber = (value: number, by: number): number =>
  pick([-value, value + 1, value - 1, value * 1e6, value / 3, value + 2 ** 32, 2 ** 53, -0, 1e300, 0.1], by);

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e300,
  5e-324,
  8.64e15 + 1,
  [],
  ...HOSTILE_TEXTS,
];

/** As no serializer writes it. */
const WRITTEN: readonly string[] = [
  "1e999",
  "-1e999",
  "-0",
  "1E400",
  "9007199254740993",
  "1".repeat(400),
  "{}",
  '{"":""}',
  '{"__proto__":{"polluted":true}}',
  '{"__proto__":null,"constructor":{"prototype":{"polluted":true}}}',
  '"\\ud800"',
  '"\\u0000"',
  `${"[".repeat(200)}1${"]".repeat(200)}`,
  `${'{"a":'.repeat(250)}1${"}".repeat(250)}`,
  `${"[".repeat(2_500)}1${"]".repeat(2_500)}`,
  ...SNAPSHOTS(),
];

/** What a recording writes in place of what JSON cannot keep, whole and broken. */
function SNAPSHOTS(): string[] {
  return [
    '{"$":"undefined"}',
    '{"$":"bytes","type":"ArrayBuffer","base64url":""}',
    '{"$":"bytes","type":"Uint8Array","base64url":"AAECAwQFBgcICQoLDA0ODw"}',
    '{"$":"bytes","type":"Float64Array","base64url":"A"}',
    '{"$":"bytes","type":"DataView","base64url":"@@@@"}',
    '{"$":"bytes"}',
    '{"$":"masked","type":"ArrayBuffer","length":32,"fingerprint":"00000000"}',
    '{"$":"masked","type":"string","length":1e308,"fingerprint":""}',
    '{"$":"number","value":"NaN"}',
    '{"$":"number","value":"-0"}',
    '{"$":"bigint","value":"12345678901234567890"}',
    `{"$":"bigint","value":"${CANARY}"}`,
    `{"$":"symbol","name":"*/${CANARY}/*"}`,
    `{"$":"function","name":"x\\n${CANARY}"}`,
    '{"$":"AbortSignal","aborted":true}',
    '{"$":"Credential","type":"password","id":"a"}',
    '{"$":"PublicKeyCredential","value":{}}',
    '{"$":"PublicKeyCredential","value":{"response":{"clientDataJSON":{"$":"bytes","type":"ArrayBuffer","base64url":"e30"}}}}',
    '{"$":"object","class":"DOMException","value":{"name":"NotAllowedError","message":"x"}}',
    '{"$":"object","class":"Map","value":[]}',
    '{"$":"unreadable","error":"x"}',
    '{"$":"cycle"}',
    '{"$":"truncated","of":"ArrayBuffer","length":1000000000}',
    '{"$":"fromAnotherVersion","value":1}',
    '{"$":{"$":"bytes"}}',
    '{"$":null}',
    '{"$$":"bytes","type":"x","base64url":"?"}',
  ];
}

const NAMES: readonly string[] = [
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "length",
    "then",
    "toJSON",
    "valueOf",
  ],
  ...[
    "$",
    "$$",
    "",
    "0",
    "-1",
    "a/b~c",
    "id",
    "type",
    "value",
    "publicKey",
    "response",
    "extensions",
    "prf",
    "eval",
  ],
];

const WRAPPERS: readonly ((tree: Tree) => Tree)[] = [
  (tree) => ({ list: [tree] }),
  (tree) => ({ list: [tree, tree] }),
  (tree) => ({ members: [["value", tree]] }),
  (tree) => ({
    members: [
      ["$", { leaf: "object" }],
      ["class", { leaf: "Object" }],
      ["value", tree],
    ],
  }),
  (tree) => ({ leaf: write(tree).slice(0, 100_000) }),
  (tree) => ({ members: [["publicKey", tree]] }),
];
