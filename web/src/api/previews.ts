import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { address } from './address.ts';
import { api } from './client.ts';
import type {
  DigestContent,
  DigestQuestion,
  Matcher,
  NewRota,
  RotaPreview,
  SilencePreview,
} from './types.ts';

/** What a silence would have kept from people. */
export const silencePreviewQuery = (matchers: readonly Matcher[]) =>
  queryOptions({
    queryKey: ['/api/v1/silences/preview', matchers] as const,
    queryFn: () => api.post<SilencePreview>(address('/silences/preview'), { matchers }),
    placeholderData: keepPreviousData,
  });

/** Whose turns would come next by a rota that is not kept yet. */
export const rotaPreviewQuery = (rota: NewRota) =>
  queryOptions({
    queryKey: ['/api/v1/rotas/preview', rota] as const,
    queryFn: () => api.post<RotaPreview>(address('/rotas/preview'), rota),
    placeholderData: keepPreviousData,
  });

/** What a digest would say now. */
export const digestPreviewQuery = (question: DigestQuestion) =>
  queryOptions({
    queryKey: ['/api/v1/digests/preview', question] as const,
    queryFn: () => api.post<DigestContent>(address('/digests/preview'), question),
    placeholderData: keepPreviousData,
  });
