import { useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  AccessRequest,
  EntityRef,
  Me,
  Product,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { fieldErrorOf } from '../../hooks/fieldErrors';
import { useAction } from '../../hooks/useAction';
import { useRefusal } from '../../hooks/useRefusal';
import { useT } from '../../hooks/useT';
import { REQUEST_FIELDS, type RequestField } from './requestFields';
import {
  missingFields,
  planOf,
  requestOf,
  type RequestForm,
} from './requestForm';

/** 128 random bits; `crypto.randomUUID` is missing on pages without TLS. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/** What the form starts with. */
export function initialForm(
  product: Product,
  me: Me,
  options: { plan?: EntityRef; application?: string },
): RequestForm {
  const [only] = product.plans;
  return {
    application: options.application,
    name: '',
    owner: me.groups[0] ?? me.user,
    component: '',
    plan: options.plan ?? (product.plans.length === 1 ? only.ref : undefined),
    accepted: [],
    reason: '',
  };
}

/**
 * Fills in and sends the form; `onHold` is told while it is on its way. One `Idempotency-Key` belongs to one content: sending the same again after a time-out
 * answers with the first request, sending something else is another request.
 */
export function useRequestAccess(
  product: Product,
  initial: RequestForm,
  onSent: (request: AccessRequest) => void,
  onHold: (held: boolean) => void,
) {
  const api = useApi(apiProductsApiRef);
  const t = useT();
  const refusalWords = useRefusal();
  const [begun] = useState(initial);
  const [form, setForm] = useState(begun);
  const [checked, setChecked] = useState(false);
  const attempt = useRef({ key: '', content: '' });

  const send = useAction(async () => {
    const plan = planOf(product, form);
    if (!plan) {
      return;
    }
    const request = requestOf(product, plan, form);
    const content = JSON.stringify(request);
    if (attempt.current.content !== content) {
      attempt.current = { key: newKey(), content };
    }
    onSent(
      await api.createAccessRequest(request, {
        idempotencyKey: attempt.current.key,
      }),
    );
  });

  const { busy } = send;
  useEffect(() => onHold(busy), [onHold, busy]);

  const missing = missingFields(product, form);
  const refusal =
    send.error && fieldErrorOf(send.error, REQUEST_FIELDS, refusalWords);
  const errors: Partial<Record<RequestField, string>> = {};
  if (refusal?.field) {
    errors[refusal.field] = refusal.message;
  }
  if (checked) {
    if (missing.includes('name')) {
      errors.name = t('requestAccess.nameMissing');
    }
    if (missing.includes('plan')) {
      errors.plan = t('requestAccess.planMissing');
    }
    if (missing.includes('acceptedTerms')) {
      errors.acceptedTerms = t('requestAccess.termsMissing');
    }
  }

  return {
    form,
    plan: planOf(product, form),
    errors,
    /** A refusal that concerns no field that is on the screen. */
    problem: refusal?.field ? undefined : send.error,
    busy,
    /** Whether something has been filled in that closing would lose. */
    filled: JSON.stringify(form) !== JSON.stringify(begun),
    change: (change: Partial<RequestForm>) => {
      setForm(previous => ({ ...previous, ...change }));
      send.reset();
    },
    submit: async () => {
      setChecked(true);
      if (missing.length === 0) {
        await send.run();
      }
    },
  };
}
