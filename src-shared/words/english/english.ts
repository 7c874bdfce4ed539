import { aboutWords } from './about-words.ts';
import { acquisitionWords } from './acquisition-words.ts';
import { backgroundSettingsWords, closingWords, endingHelpWords, trayWords } from './background-words.ts';
import { attentionWords, noticeWords } from './attention-words.ts';
import { boardWords } from './board-words.ts';
import { certificateWords } from './certificate-words.ts';
import { failureWords } from './failure-words.ts';
import { frameWords, paneWords } from './frame-words.ts';
import { headOfficeWords } from './head-office-words.ts';
import { offerWords } from './offer-words.ts';
import { historyWords } from './history-words.ts';
import { laptopWords } from './laptop-words.ts';
import { licenseCheckWords } from './license-check-words.ts';
import { licenseWords, removalWords } from './license-words.ts';
import { localApiAnswerWords } from './local-api-answer-words.ts';
import { clientWords, localApiWords } from './local-api-words.ts';
import { menuWords } from './menu-words.ts';
import { alertWords, notificationSettingsWords } from './notification-words.ts';
import { peerWords } from './peer-words.ts';
import { remedyLabel } from './remedy-words.ts';
import { serversWords } from './servers-words.ts';
import {
  appearanceWords,
  firstRunWords,
  profileFormWords,
  profileOptionWords,
  settingsWords,
} from './settings-words.ts';
import { proxySettingsWords, signInWords } from './sign-in-words.ts';
import { serverQuestionWords } from './server-question-words.ts';
import { supportWords } from './support-words.ts';
import { inSentences } from './say-failure.ts';
import { dates, sentenceOf, span } from './time-spans.ts';

export const english = {
  languageTag: 'en',
  dates,
  span,
  sentenceOf,
  inSentences,
  failureWords,
  remedyLabel,
  frame: frameWords,
  menu: menuWords,
  about: aboutWords,
  license: licenseWords,
  check: licenseCheckWords,
  removal: removalWords,
  acquisition: acquisitionWords,
  headOffice: headOfficeWords,
  serverQuestion: serverQuestionWords,
  attention: attentionWords,
  notices: noticeWords,
  alerts: alertWords,
  notificationSettings: notificationSettingsWords,
  pane: paneWords,
  signIn: signInWords,
  certificate: certificateWords,
  proxy: proxySettingsWords,
  tray: trayWords,
  closing: closingWords,
  endingHelp: endingHelpWords,
  background: backgroundSettingsWords,
  profileForm: profileFormWords,
  profileOption: profileOptionWords,
  firstRun: firstRunWords,
  settings: settingsWords,
  servers: serversWords,
  board: boardWords,
  appearance: appearanceWords,
  offer: offerWords,
  laptop: laptopWords,
  support: supportWords,
  history: historyWords,
  localApiAnswers: localApiAnswerWords,
  peers: peerWords,
  localApi: localApiWords,
  clients: clientWords,
};
