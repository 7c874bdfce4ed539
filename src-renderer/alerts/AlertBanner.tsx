import { useEffect, useState } from 'react';
import type { AlertView } from '../../src-shared/notifications/alert.ts';
import type { PageName } from '../../src-shared/window/place.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { Icon } from '../controls/Icon.tsx';
import { bannerAlerts } from './banner-alerts.ts';

/** Shows what needs attention elsewhere. The most urgent alert has one line, and the others are shown on demand. */
export function AlertBanner({ page }: { readonly page: PageName }) {
  const { state } = useConsole();
  const [whole, setWhole] = useState(false);
  const alerts = bannerAlerts(state, page);
  const [first] = alerts;
  const said = first ? words.alerts.cause(first, first.at).title : '';
  useEffect(() => {
    if (said) announce(said);
  }, [said]);
  if (!first) return null;
  const others = alerts.length - 1;
  return (
    <section className="banner" aria-label={words.alerts.regionLabel} data-region="banner">
      {(whole ? alerts : [first]).map((alert, index) => (
        <BannerLine
          key={`${alert.profileId} ${alert.cause}`}
          alert={alert}
          more={index === 0 ? others : 0}
          whole={whole}
          onMore={() => setWhole(!whole)}
        />
      ))}
    </section>
  );
}

interface BannerLineProps {
  readonly alert: AlertView;
  /** The number of further alerts that can be shown or hidden. */
  readonly more: number;
  readonly whole: boolean;
  readonly onMore: () => void;
}

function BannerLine({ alert, more, whole, onMore }: BannerLineProps) {
  const { profileId, cause, tone, at, mayBeSnoozed } = alert;
  const { title, body } = words.alerts.cause(alert, at);
  return (
    <div className="banner-line" data-tone={tone} data-cause={cause}>
      <Icon name={tone === 'critical' ? 'critical' : 'warning'} />
      <p className="banner-text" title={`${title}. ${body}`}>
        <span className="banner-title">{title}.</span> <span className="banner-body">{body}</span>
      </p>
      <div className="banner-actions">
        {more > 0 ? (
          <Button look="quiet" expanded={whole} onPress={onMore}>
            {whole ? words.alerts.fewer : words.alerts.more(more)}
          </Button>
        ) : null}
        {mayBeSnoozed ? (
          <Button look="quiet" onPress={() => send('alert.snooze', { profileId, cause })}>
            {words.alerts.snooze}
          </Button>
        ) : null}
        <Button onPress={() => send('alert.show', { profileId, cause })}>{words.alerts.show}</Button>
      </div>
    </div>
  );
}
