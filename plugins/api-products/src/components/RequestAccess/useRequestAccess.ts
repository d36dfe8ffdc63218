import { useEffect, useState } from 'react';
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
import { useIdempotencyKey } from '../../hooks/useIdempotencyKey';
import { useRefusal } from '../../hooks/useRefusal';
import { useT } from '../../hooks/useT';
import { REQUEST_FIELDS, type RequestField } from './requestFields';
import {
  missingFields,
  planOf,
  requestOf,
  type RequestForm,
} from './requestForm';

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

/** Fills in and sends the form; `onHold` is told while it is on its way. */
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
  const keyOf = useIdempotencyKey();

  const send = useAction(async () => {
    const plan = planOf(product, form);
    if (!plan) {
      return;
    }
    const request = requestOf(product, plan, form);
    onSent(
      await api.createAccessRequest(request, {
        idempotencyKey: keyOf(request),
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
