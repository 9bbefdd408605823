/** A field of a store's form: the section of docs/store/texts.md, or the message, that goes into it. */
export interface StoreField {
  field: string;
  from: { section: string } | { message: "extension_name" | "extension_description" };
  /** characters */
  most: number;
  least?: number;
  /** a list at commas: how many there may be, and how long each */
  items?: { most: number; eachMost: number };
}

const name = (most: number): StoreField => ({ field: "Name", from: { message: "extension_name" }, most });
const short = (field: string, most: number): StoreField => ({
  field,
  from: { message: "extension_description" },
  most,
});
const text = (field: string, section: string, most: number, more: Partial<StoreField> = {}): StoreField => ({
  field,
  from: { section },
  most,
  ...more,
});

/**
 * What each store asks for, as its form says; limits in characters.
 *
 * @see https://developer.chrome.com/docs/webstore/cws-dashboard-listing and …/cws-dashboard-privacy
 * @see https://learn.microsoft.com/microsoft-edge/extensions/publish/publish-extension
 * @see https://extensionworkshop.com/documentation/publish/submitting-an-add-on/
 * @see https://developer.apple.com/help/app-store-connect/reference/app-information/platform-version-information
 */
export const STORE_FIELDS: Record<"chrome" | "edge" | "firefox" | "safari", readonly StoreField[]> = {
  chrome: [
    name(75),
    short("Summary", 132),
    text("Description", "Description", 16_000),
    text("Category", "Category", 50),
    text("Single purpose", "Single purpose", 1_000),
    text("Permission justification: storage", "Why storage", 1_000),
    text("Permission justification: hosts", "Why content scripts on https and localhost", 1_000),
    text("Permission justification: optional hosts", "Why optional access to localhost and 127.0.0.1", 1_000),
    text("Remote code", "Remote code", 1_000),
  ],
  edge: [
    name(45),
    short("Short description", 132),
    text("Description", "Description", 10_000, { least: 250 }),
    text("Category", "Category", 50),
    text("Search terms", "Search terms", 216, { items: { most: 7, eachMost: 30 } }),
    text("Notes for certification", "Notes for reviewers", 2_000),
  ],
  firefox: [
    name(50),
    short("Summary", 250),
    text("Description", "Description", 15_000),
    text("Category", "Category", 50),
    text("Notes to reviewer", "Notes for reviewers", 3_000),
  ],
  safari: [
    name(30),
    text("Subtitle", "Subtitle", 30),
    text("Promotional text", "Promotional text", 170),
    text("Description", "Description", 4_000),
    text("Keywords", "Keywords", 100),
    text("Category", "Category", 50),
    text("App review notes", "Notes for reviewers", 4_000),
  ],
};

/** What does not fit its store's form, in sentences. `textOf`: undefined where there is no such text. */
export function storeTextProblems(textOf: (from: StoreField["from"]) => string | undefined): string[] {
  return Object.entries(STORE_FIELDS).flatMap(([store, fields]) =>
    fields.flatMap(({ field, from, most, least = 1, items }) => {
      const text = textOf(from) ?? "";
      const length = [...text].length;
      const problems: string[] = [];
      if (length < least) problems.push(`has ${length} of at least ${least} characters`);
      if (length > most) problems.push(`has ${length} of at most ${most} characters`);
      const parts = items ? text.split(/,\s*/) : [];
      if (items && parts.length > items.most)
        problems.push(`has ${parts.length} of at most ${items.most} terms`);
      for (const part of parts)
        if (items && part.length > items.eachMost) problems.push(`has a term of ${part.length} characters`);
      return problems.map((problem) => `${store}, ${field}: ${problem}`);
    }),
  );
}

/** The sections of a Markdown text by their heading of the second level. */
export function sectionsOf(markdown: string): Map<string, string> {
  const sections = markdown.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const end = section.indexOf("\n");
      return [section.slice(0, end).trim(), section.slice(end).trim()];
    }),
  );
}
