/** The part of `navigator` that hands something to another app; browsers have it on phones, Safari everywhere. */
export type Sharer = Partial<Pick<Navigator, "share" | "canShare">>;

export const canShare = ({ share }: Sharer): boolean => typeof share === "function";

/**
 * Offers a text to other apps, as a file or, where files of that type are not taken, as a text. False: nothing was
 * shared, as when someone thought better of it.
 */
export async function shareText(text: string, name: string, type: string, sharer: Sharer): Promise<boolean> {
  const files = [new File([text], name, { type })];
  const data = sharer.canShare?.({ files }) ? { files } : { title: name, text };
  return (
    sharer.share?.(data).then(
      () => true,
      () => false,
    ) ?? false
  );
}
