import { useState } from 'react';
import type { Failure } from '../../src-shared/result.ts';
import type {
  SupportContact as Contact,
  SupportContactState,
  SupportLink,
} from '../../src-shared/support/support-contact.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { useSupportContact } from '../failure/support-contact.ts';
import { Button } from '../controls/Button.tsx';

/** The support contact, or why an administrator's file about it was not used. Nothing if there is no such file. */
export function SupportContact() {
  const known = useSupportContact();
  if (known?.state === 'set') return <Ways contact={known.contact} />;
  return known?.state === 'refused' ? <Refused known={known} /> : null;
}

function Refused({ known }: { readonly known: Extract<SupportContactState, { state: 'refused' }> }) {
  const { headline, meaning } = words.support.refused;
  return <Notice tone="caution" headline={headline} meaning={meaning(known)} />;
}

const order: readonly (keyof Contact)[] = ['name', 'phone', 'email', 'url', 'hours'];
const isLink = (member: keyof Contact): member is SupportLink => member in words.support.reach;

function Ways({ contact }: { readonly contact: Contact }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const reach = async (by: SupportLink) => {
    const opened = await call('support.reach', { by });
    setFailure(opened.ok ? null : opened.failure);
  };
  return (
    <>
      <dl className="fields">
        {order.map((member) =>
          contact[member] === undefined ? null : (
            <div className="field" key={member}>
              <dt>{words.support.labels[member]}</dt>
              <dd>
                <span className="field-value">{contact[member]}</span>
                {isLink(member) ? (
                  <Button look="quiet" onPress={() => void reach(member)}>
                    {words.support.reach[member]}
                  </Button>
                ) : null}
              </dd>
            </div>
          ),
        )}
      </dl>
      {failure ? <FailureNotice failure={failure} /> : null}
    </>
  );
}
