/** Reads the list that WebKitGTK and WPE show to people, seen with 2.50.6; undefined where it is none. */
export function parsePageTable(html: string): { title: string; url: string; path: string }[] | undefined {
  if (!html.includes("id='targetlist'")) return undefined;
  return html.split("<tr>").flatMap((row) => {
    const path = /\/socket\/\d+\/\d+\/WebPage/.exec(row)?.[0];
    return path === undefined ? [] : [{ title: cell(row, "targetname"), url: cell(row, "targeturl"), path }];
  });
}

const cell = (row: string, name: string): string =>
  new RegExp(`class="${name}">([^]*?)</div>`).exec(row)?.[1] ?? "";
