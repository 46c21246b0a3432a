/** What Kubernetes puts behind the name of a Deployment, a StatefulSet or a DaemonSet to name a pod. */
const OF_DEPLOYMENT = /-[a-z0-9]{6,10}-[a-z0-9]{5}$/;
const OF_STATEFUL_SET = /-\d+$/;
const OF_DAEMON_SET = /-[a-z0-9]{5}$/;
/** What KServe and Knative put behind the name of an InferenceService. */
const OF_INFERENCE_SERVICE = /-predictor(?:-default)?(?:-\d{5})?(?:-deployment)?$/;

/** The workload that a pod is of, by its name. `workloadOf('churn-7f9c8d6b5f-x2k4p')` → 'churn'; `workloadOf('churn-predictor-00001-deployment-5d8c7f9b4-abcde')` → 'churn' */
export function workloadOf(pod: string): string {
  const pattern = [OF_DEPLOYMENT, OF_STATEFUL_SET, OF_DAEMON_SET].find((each) => each.test(pod));
  const workload = pattern === undefined ? pod : pod.replace(pattern, '');
  return workload.replace(OF_INFERENCE_SERVICE, '');
}
