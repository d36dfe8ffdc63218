import { DateTime } from 'luxon';
import { formatKeyLifetime } from 'backstage-plugin-api-products-common';
import { refName } from './refName';
import { serverErrorOf } from './serverError';
import { useT } from './useT';

const fromNow = (at: string): string => DateTime.fromISO(at).toRelative() ?? '';

/**
 * What a refusal is in the page's own words, made of its code and its facts. Where the code says no more than the
 * status, or an older backend sends none, the backend's own sentence stands, which says more.
 */
export function useRefusal(): (error: Error) => string {
  const t = useT();
  return error => {
    const { code, fields, message } = serverErrorOf(error);
    const { application, product, plan, terms = [] } = fields;
    const names = (refs: string[] = []) =>
      refs.map(refName).join(t('shared.refusal.or'));
    switch (code) {
      case 'already-decided': {
        const { decision, decidedAt, decidedBy } = fields;
        const when = decidedAt ? fromNow(decidedAt) : '';
        const how =
          decision === 'rejected'
            ? t('shared.refusal.rejected')
            : t('shared.refusal.approved');
        return decidedBy
          ? t('shared.refusal.decidedBy', {
              how,
              person: refName(decidedBy),
              when,
            })
          : t('shared.refusal.decidedAutomatically', { how, when });
      }
      case 'changed-since':
        return t('shared.refusal.changedSince');
      case 'already-subscribed':
        return application && product
          ? t('shared.refusal.alreadySubscribed', { application, product })
          : message;
      case 'already-pending':
        return application && product && plan
          ? t('shared.refusal.alreadyPending', { application, product, plan })
          : message;
      case 'idempotency-key-used':
        return t('shared.refusal.sentBefore');
      case 'allowance-used': {
        const { limit, per, renewsAt } = fields;
        return plan && limit !== undefined && per && renewsAt
          ? t('shared.refusal.allowanceUsed', {
              plan,
              count: limit,
              per: formatKeyLifetime(per),
              when: fromNow(renewsAt),
            })
          : message;
      }
      case 'keys-used-up':
        return fields.limit === undefined
          ? message
          : t('shared.refusal.keysUsedUp', { count: fields.limit });
      case 'own-request':
        return t('shared.refusal.ownRequest', {
          approvers: names(fields.approvers),
        });
      case 'not-approver':
        return t('shared.refusal.notApprover', {
          approvers: names(fields.approvers),
        });
      case 'not-active':
        if (fields.field !== 'subscription') {
          return fields.subscription ? t('shared.refusal.notActive') : message;
        }
        return fields.status === 'suspended'
          ? t('shared.refusal.suspended')
          : t('shared.refusal.planNotActive');
      case 'conflict':
        return fields.field === 'subscription'
          ? t('shared.refusal.movesAlready')
          : message;
      case 'over':
        return fields.accessRequest ? t('shared.refusal.requestOver') : message;
      case 'terms-missing':
        return fields.requester && product
          ? t('shared.refusal.termsOfOther', {
              person: refName(fields.requester),
              product,
              terms: terms.join(', '),
            })
          : t('shared.refusal.termsMissing', { terms: terms.join(', ') });
      case 'failed':
        return t('shared.refusal.failed');
      default:
        return message;
    }
  };
}
