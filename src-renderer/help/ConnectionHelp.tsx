import { hostOfIssuer } from '../../src-shared/servers/authorization-server-address.ts';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { Failure } from '../../src-shared/result.ts';
import { helpWords } from '../../src-shared/words/help-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { Notice } from '../failure/Notice.tsx';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { UseLaptopButton } from '../laptop/UseLaptopButton.tsx';
import { CheckLicenseButton, CheckOutcome } from '../license/CheckLicense.tsx';

/** The last connection failure, and what to check, with the most common causes first. */
export function ConnectionHelp() {
  const { state, go } = useConsole();
  const { connection } = helpWords;
  const failure = lastConnectionFailure(state);
  return (
    <>
      {failure ? (
        <LastFailure failure={failure} />
      ) : (
        <p>{state.connection.state === 'online' ? connection.online : connection.unknown}</p>
      )}
      {state.license ? (
        <div className="step-actions">
          <CheckLicenseButton look={failure ? 'primary' : 'standard'} />
        </div>
      ) : null}
      {state.license ? <CheckOutcome /> : null}
      <p>{connection.laptop}</p>
      <div className="step-actions">
        <UseLaptopButton />
        <Button onPress={() => go({ page: 'offer' })}>{words.offer.pageTitle}</Button>
      </div>
      <p className="help-lead">{connection.checksHeading}</p>
      <ol className="help-steps">
        {connection.checks.map((check) => (
          <li key={check}>{check}</li>
        ))}
      </ol>
      {state.profile ? <p className="help-address">{connection.allow(hostOfIssuer(state.profile.issuer))}</p> : null}
      <p className="section-note">{connection.notNeeded}</p>
    </>
  );
}

function LastFailure({ failure }: { readonly failure: Failure }) {
  const { headline, meaning } = words.failureWords(failure);
  return <Notice tone="caution" headline={headline} meaning={meaning} failure={failure} />;
}

function lastConnectionFailure({ connection, acquisition, refresh }: ConsoleState): Failure | null {
  if (connection.state === 'offline') return connection.failure;
  if (acquisition.state === 'failed' && acquisition.failure.remedy === 'check_connection') return acquisition.failure;
  return refresh.lastFailure?.remedy === 'check_connection' ? refresh.lastFailure : null;
}
