import { z } from 'zod/mini';

/** A certificate of the person at this computer, as its own fields describe it. */
export interface CertificateView {
  /** The person or computer that the certificate names. */
  readonly subject: string;
  /** Who issued it. */
  readonly issuer: string;
  /** In ms. */
  readonly validUntilAt: number;
}

/** A server of the pane wants a client certificate (RFC 8446 §4.3.2), and a person is asked which one it may get. */
export interface CertificateQuestionView {
  /** Names the question, so that an answer cannot reach a later one. */
  readonly id: number;
  readonly kind: 'certificate';
  /** The true origin of the server that asks. */
  readonly origin: string;
  /** Those that the server may accept, in the order of the system. Never empty. */
  readonly certificates: readonly CertificateView[];
}

/** The person's answer: the index of the certificate in the question's list. */
export const certificateChoiceSchema = z.object({ id: z.number(), certificate: z.number() });
