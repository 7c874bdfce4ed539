import { type ReactNode, useEffect, useRef } from 'react';
import { words } from '../../src-shared/words/words.ts';

interface PageProps {
  readonly title: string;
  readonly face?: string;
  readonly breadcrumb?: boolean;
  /** The page is part of a workspace, which is then the main landmark. */
  readonly inWorkspace?: boolean;
  /** Shown next to the title. */
  readonly aside?: ReactNode;
  /** The person has just come to this page, so its title takes the focus. */
  readonly takesFocus: boolean;
  readonly children: ReactNode;
}

export function Page({ title, face, breadcrumb = true, inWorkspace = false, aside, takesFocus, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  const Landmark = inWorkspace ? 'div' : 'main';
  const titled = (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  );
  return (
    <Landmark className="page" data-face={face} data-region="page" tabIndex={-1}>
      <div className="page-body">
        {breadcrumb ? <Breadcrumb /> : null}
        {aside ? (
          <div className="page-head">
            {titled}
            {aside}
          </div>
        ) : (
          titled
        )}
        {children}
      </div>
    </Landmark>
  );
}

function Breadcrumb() {
  const [menu, page] = words.frame.breadcrumb;
  return (
    <p className="breadcrumb">
      <span>{menu}</span>
      <span aria-hidden="true">/</span>
      <span>{page}</span>
    </p>
  );
}
