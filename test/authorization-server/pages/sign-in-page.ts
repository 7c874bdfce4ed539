/** Sign in and out. */
import { formToken, noticeBox, textField } from './form-parts.ts';
import { html } from './html.ts';
import type { PageAnswer, PageVisit } from './page-visit.ts';

export function signInPage(visit: PageVisit, wrong?: { username: string }): PageAnswer {
  const notice = wrong && {
    tone: 'error' as const,
    headline: 'The user name or the password is wrong.',
    detail: 'Check both and try again.',
  };
  return {
    title: 'Sign in',
    status: wrong ? 401 : 200,
    body: html`${noticeBox(notice)}
<p class="lead">Sign in to manage the licenses and devices of your organization.</p>
<form method="post" action="${visit.href('/sign-in')}" class="card narrow">${formToken(visit.session)}
${textField({ name: 'username', label: 'User name', value: wrong?.username, required: true, autofocus: true, autocomplete: 'username' })}
${textField({ name: 'password', label: 'Password', type: 'password', required: true, autocomplete: 'current-password' })}
<div class="buttons"><button>Sign in</button></div>
</form>`,
  };
}

export function signIn(visit: PageVisit): PageAnswer {
  const username = visit.form.get('username') ?? '';
  const user = visit.state.records.user(username);
  if (user === undefined || user.password !== visit.form.get('password')) return signInPage(visit, { username });
  const { returnTo } = visit.session;
  visit.session = visit.sessions.signIn(visit.session, user.username);
  return { redirect: returnTo ?? '/organizations' };
}

export function signOut(visit: PageVisit): PageAnswer {
  visit.session = visit.sessions.signOut(visit.session);
  return { redirect: '/sign-in' };
}
