/** The first `limit` UTF-16 units of a text; what was cut is marked by "…". */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}
