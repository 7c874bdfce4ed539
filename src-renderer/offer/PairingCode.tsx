import { useMemo } from 'react';
import type { OfferView } from '../../src-shared/pairing/pairing.ts';
import { qrCode } from '../../src-shared/text/qr-code.ts';
import { words } from '../../src-shared/words/words.ts';
import { QrPicture } from '../controls/QrPicture.tsx';

/** What a person enters at the next server. */
export function PairingCode({ offer }: { readonly offer: OfferView }) {
  const { addresses, code, qr, wrongFrom, otherVersion } = offer;
  const [first, ...others] = addresses;
  const picture = useMemo(() => (qr === null ? null : qrCode(qr, 'M')), [qr]);
  return (
    <section className="card pairing" aria-labelledby="pairing-heading">
      <div className="pairing-words">
        <h2 className="section-heading" id="pairing-heading">
          {words.offer.nextServer}
        </h2>
        <p className="section-note">{words.offer.instruction}</p>
        <dl className="pairing-fields">
          <div>
            <dt>{words.offer.address}</dt>
            <dd className="pairing-value" data-testid="pairing-address">
              {first?.address}
            </dd>
            {first ? <dd className="section-note">{words.offer.card(first.card)}</dd> : null}
            {others.length > 0 ? (
              <dd className="section-note">
                {words.offer.otherAddresses}
                <ul className="pairing-others">
                  {others.map((other) => (
                    <li key={other.address}>{words.offer.otherAddress(other)}</li>
                  ))}
                </ul>
              </dd>
            ) : null}
          </div>
          <div>
            <dt>{words.offer.code}</dt>
            <dd className="pairing-value" data-testid="pairing-code">
              {code}
            </dd>
            <dd className="section-note">{words.offer.codeNote}</dd>
            {wrongFrom.length > 0 ? (
              <dd className="address-warning" data-testid="wrong-codes">
                {words.offer.wrongCodes(wrongFrom)}
              </dd>
            ) : null}
            {otherVersion ? (
              <dd className="address-warning" data-testid="other-version">
                {words.offer.otherVersion(otherVersion)}
              </dd>
            ) : null}
          </div>
        </dl>
        <p className="section-note">{words.offer.endsAt(offer.endsAt)}</p>
      </div>
      {picture ? (
        <figure className="qr pairing-qr">
          <QrPicture code={picture} label={words.offer.qrLabel} />
          <figcaption>{words.offer.qrNote}</figcaption>
        </figure>
      ) : null}
    </section>
  );
}
