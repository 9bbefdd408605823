import { type ComponentChildren, Fragment } from "preact";

/** Names and values, one a line; a fact without a value is left out. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  const known = facts.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return (
    <dl class="facts">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>
            {name.split(/(?<=\.)/).map((part, index) => (
              // a member's name breaks at its dots, if it has to
              <Fragment key={index}>
                {index > 0 && <wbr />}
                {part}
              </Fragment>
            ))}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
