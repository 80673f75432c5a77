// Made by `npm run client-types` from the API's description; not to be edited.
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this is */
        get: operations["getHome"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether this process answers */
        get: operations["getHealthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether experiments can be answered for, check by check */
        get: operations["getHealthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/cconfig/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configuration of the last run and that of the files, compared */
        get: operations["getV3CconfigByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/exp-recovery-logs/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The end of each platform's newest log of the recovery of job logs */
        get: operations["getV3ExpRecoveryLogsByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/expcount/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Number of jobs by status */
        get: operations["getV3ExpcountByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/expinfo/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An experiment at a glance */
        get: operations["getV3ExpinfoByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/exprun/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The end of the newest run log */
        get: operations["getV3ExprunByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/filestatus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** No longer supported */
        get: operations["getV3Filestatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/graph/{expid}/{layout}/{grouped}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs and what they wait for, drawn */
        get: operations["getV3GraphByExpidLayoutGrouped"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/history/{expid}/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every attempt of a job */
        get: operations["getV3HistoryByExpidJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/ifrun/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether an experiment runs */
        get: operations["getV3IfrunByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/joblog/{logfile}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The end of a job's log */
        get: operations["getV3JoblogByLogfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Log in with a ticket of CAS, or be sent there to get one */
        get: operations["getV3Login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/logrun/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether an experiment's run log is being written */
        get: operations["getV3LogrunByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/performance/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Performance metrics of an experiment */
        get: operations["getV3PerformanceByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/pklinfo/{expid}/{timeStamp}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changes in the graph */
        get: operations["getV3PklinfoByExpidTimeStamp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/pkltreeinfo/{expid}/{timeStamp}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changes in the tree */
        get: operations["getV3PkltreeinfoByExpidTimeStamp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/quick/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs at a glance */
        get: operations["getV3QuickByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/rundetail/{expid}/{runid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The attempts of a past run by date and section */
        get: operations["getV3RundetailByExpidRunid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/running/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Running experiments */
        get: operations["getV3Running"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/runs/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs of an experiment and their speed */
        get: operations["getV3RunsByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/search/{query}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Experiments by name, description or owner */
        get: operations["getV3SearchByQuery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/search/{query}/{exptype}/{onlyactive}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Running experiments by name and type */
        get: operations["getV3SearchByQueryExptypeOnlyactive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/searchowner/{owner}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Experiments of an owner */
        get: operations["getV3SearchownerByOwner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/shutdown/{route}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Does nothing */
        get: operations["getV3ShutdownByRoute"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/stats/{expid}/{hours}/{section}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the jobs of an experiment consumed */
        get: operations["getV3StatsByExpidHoursSection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/summary/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts and average times of the jobs */
        get: operations["getV3SummaryByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/tokentest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the token is good */
        get: operations["getV3Tokentest"];
        put?: never;
        /** Whether the token is good */
        post: operations["postV3Tokentest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/tree/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs by date, member and section */
        get: operations["getV3TreeByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The routes of this version */
        get: operations["getV4"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what: logins, settings and commands, newest first */
        get: operations["getV4Audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/auth/cas/v2/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Log in with a ticket of CAS, or be sent there to get one */
        get: operations["getV4AuthCasV2Login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/auth/oauth2/github/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Log in with a code of GitHub */
        get: operations["getV4AuthOauth2GithubLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/auth/oidc/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Log in with a code of the OpenID Connect provider */
        get: operations["getV4AuthOidcLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/auth/verify-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the token is good, and whose it is */
        get: operations["getV4AuthVerifyToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changes, of all experiments or some */
        get: operations["getV4Events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/events/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket that opens a feed once logged in, for EventSource */
        post: operations["postV4EventsTickets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Experiments */
        get: operations["getV4Experiments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An experiment */
        get: operations["getV4ExperimentsByExpid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/eta": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long the remaining chunks of a section will take */
        get: operations["getV4ExperimentsEta"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changes in an experiment */
        get: operations["getV4ExperimentsEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/filesystem-config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configuration as the files say now */
        get: operations["getV4ExperimentsFilesystemConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs of an experiment */
        get: operations["getV4ExperimentsJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/jobs-category-tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Number of jobs by date, member, section and status */
        get: operations["getV4ExperimentsJobsCategoryTree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/jobs-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every attempt of every job, streamed as JSON, CSV or newline-delimited JSON */
        get: operations["getV4ExperimentsJobsHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/jobs/{job_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A job in detail */
        get: operations["getV4ExperimentsJobsByJobName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/jobs/{job_name}/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs that wait for a job */
        get: operations["getV4ExperimentsJobsChildren"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/jobs/{job_name}/parents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs that a job waits for */
        get: operations["getV4ExperimentsJobsParents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The logs of an experiment */
        get: operations["getV4ExperimentsLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/logs/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of a log */
        get: operations["getV4ExperimentsLogsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/logs/{name}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A log as it is stored, whole or a range of it */
        get: operations["getV4ExperimentsLogsRaw"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Performance metrics, each with its formula, inputs, jobs and missing data */
        get: operations["getV4ExperimentsPerformance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs of an experiment */
        get: operations["getV4ExperimentsRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/runs/{run_id}/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configuration that a run was started with */
        get: operations["getV4ExperimentsRunsConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/runs/{run_id}/user-metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The metrics that jobs of a run reported */
        get: operations["getV4ExperimentsRunsUserMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether Autosubmit works on an experiment, and what tells */
        get: operations["getV4ExperimentsStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/user-metrics-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs with metrics that jobs reported */
        get: operations["getV4ExperimentsUserMetricsRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/experiments/{expid}/wrappers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The wrappers of an experiment and their jobs */
        get: operations["getV4ExperimentsWrappers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/runners/command/create-experiment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an experiment */
        post: operations["postV4RunnersCommandCreateExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/runners/command/get-runner-run-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The last run of an experiment that the API started */
        post: operations["postV4RunnersCommandGetRunnerRunStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/runners/command/run-experiment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start an experiment */
        post: operations["postV4RunnersCommandRunExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/runners/command/set-job-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the status of jobs */
        post: operations["postV4RunnersCommandSetJobStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/runners/command/stop-experiment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop an experiment that the API started */
        post: operations["postV4RunnersCommandStopExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/runners/command/update-experiment-description": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the description of an experiment */
        post: operations["postV4RunnersCommandUpdateExperimentDescription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/runners/configuration/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Commands that are switched on */
        get: operations["getV4RunnersConfigurationEndpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/runners/configuration/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Templates of runners */
        get: operations["getV4RunnersConfigurationProfiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/runners/configuration/ssh-public-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys that users may trust */
        get: operations["getV4RunnersConfigurationSshPublicKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/runners/processes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run that the API started, and the end of what it printed */
        get: operations["getV4RunnersProcessesById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/user-settings/preferred-username": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The login name that the user chose for commands */
        get: operations["getV4UserSettingsPreferredUsername"];
        put?: never;
        /** Choose the login name for commands; it gives no rights */
        post: operations["postV4UserSettingsPreferredUsername"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/webhooks/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that webhooks gave up delivering, the latest first */
        get: operations["getV4WebhooksDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tasks of the workers: last and next run */
        get: operations["getV4Workers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4alpha/experiments/{expid}/create-job-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create the job list of an experiment */
        post: operations["postV4alphaExperimentsCreateJobList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4alpha/experiments/{expid}/get-runner-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last run of an experiment that the API started */
        get: operations["getV4alphaExperimentsGetRunnerStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4alpha/experiments/{expid}/run-experiment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start an experiment */
        post: operations["postV4alphaExperimentsRunExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4alpha/experiments/{expid}/set-job-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the status of jobs */
        post: operations["postV4alphaExperimentsSetJobStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4alpha/experiments/{expid}/stop-experiment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop an experiment */
        post: operations["postV4alphaExperimentsStopExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4alpha/runner-create-experiment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an experiment */
        post: operations["postV4alphaRunnerCreateExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4alpha/runner-detail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The version of Autosubmit that a runner has */
        get: operations["getV4alphaRunnerDetail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AuditEntryV4: {
            /** @example command.stop-experiment */
            action: string;
            /** @description Of the client, as the server sees it behind its trusted proxies */
            address: string;
            /** @description ISO 8601 */
            at: string;
            /** @description More about it, null when there is nothing to say */
            detail: unknown;
            expid: string | null;
            /** @description Ascends with time */
            id: number;
            /**
             * @description How the user is known
             * @enum {unknown}
             */
            kind: "token" | "service" | "anonymous";
            /** @enum {unknown} */
            outcome: "allowed" | "refused" | "failed" | "done";
            /** @description The X-Request-Id of the answer, also in the log */
            request_id: string;
            /** @description Null when nobody was logged in */
            user: string | null;
        };
        AuditV4: {
            /** @description Newest first */
            entries: components["schemas"]["AuditEntryV4"][];
            /** @description `before` of the next page; null when this is the last one */
            next: number | null;
        };
        CommandDoneV4: {
            message: string;
        };
        CommandPreviewV4: {
            /** @description The program and its arguments, each exactly as it would be given */
            argv: string[];
            /** @enum {boolean} */
            dry_run: true;
            /** @description localhost, or user@host:port */
            host: string;
            /** @description Jobs that it would touch; null where only Autosubmit can tell */
            job_count: number | null;
            jobs: {
                name: string;
                /** @description The present one */
                status: string;
            }[] | null;
            /** @description LOCAL or SSH */
            runner: string;
            /** @description What it would read; null for nothing */
            stdin: string | null;
        };
        ConfigurationV3: {
            are_equal: boolean;
            configuration_current_run: {
                [key: string]: unknown;
            };
            configuration_filesystem: {
                [key: string]: unknown;
            };
            /** @description Changed keys, sections and keys inside them; no order */
            differences: string[];
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            /** @description Whether the configuration files could not be loaded */
            warning: boolean;
            warning_message: string;
        };
        DeadLettersV4: {
            /** @description The latest first */
            dead_letters: components["schemas"]["DeadLetterV4"][];
        };
        DeadLetterV4: {
            attempts: number;
            /** @description The number that receivers were sent as X-Autosubmit-Delivery */
            delivery: number;
            event: components["schemas"]["LiveEventV4"];
            /** @description ISO 8601 */
            last_attempt: string;
            last_error: string;
            /** @description Its name in the settings file */
            webhook: string;
        };
        /** @description What went wrong, in words */
        ErrorV4: {
            /** @enum {boolean} */
            error: true;
            error_message: string;
        };
        EtaV4: {
            avg_runtime_per_chunk_seconds: number | null;
            chunks_remaining: number | null;
            chunks_total: number | null;
            /** @description 0 when no chunk remains, null before the first one completed */
            eta_seconds: number | null;
        };
        EventPageV4: {
            /** @description In the order in which they were noticed */
            events: components["schemas"]["LiveEventV4"][];
            /** @description Whether there are more already */
            more: boolean;
            /** @description The `since` of the next request */
            next: number;
            /** @description Events after `since` are gone: read everything anew, then go on from `next` */
            reset: boolean;
        };
        EventTicketV4: {
            /** @description Until when a feed can be opened with it; ISO 8601 */
            expires: string;
            /** @description The parameter `ticket` of a feed, instead of the Authorization header */
            ticket: string;
        };
        ExperimentCountV3: {
            /** @description Jobs by status name, every name present */
            counters: {
                [key: string]: number;
            };
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            expid: string;
            total: number;
        };
        ExperimentCreatedV4: {
            expid: string;
            message: string;
        };
        ExperimentCreatedV4Alpha: {
            expid: string;
            message: string;
            module_loader: string;
            modules: string[];
            runner: string;
        };
        ExperimentInfoV3: {
            branch: string | null;
            chunk_size: number;
            chunk_unit: string | null;
            completed_jobs: number;
            db_historic_version: string;
            description: string | null;
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            expid: string;
            hpc: string | null;
            model: string | null;
            owner: string;
            owner_id: number;
            path: string;
            /** @description When the job list was written; epoch seconds */
            pkl_timestamp: number;
            running: boolean;
            time_last_access: string | null;
            time_last_mod: string | null;
            total_jobs: number;
            /** @description Seconds between two looks of Autosubmit at its jobs */
            updateTime: number;
            version: string | null;
            workflow_commit?: string | null;
        };
        ExperimentStatusV4: {
            /**
             * @description high: all evidence agrees; medium: one piece decides; low: pieces contradict each other
             * @enum {unknown}
             */
            confidence: "high" | "medium" | "low";
            evidence: {
                history_modified: string | null;
                job_list_modified: string | null;
                lock_modified: string | null;
                run_log: string | null;
                run_log_modified: string | null;
                run_log_started: string | null;
                stored_at: string | null;
                /** @description autosubmit, when it started a run, or workers */
                stored_by: string | null;
                stored_status: string | null;
            };
            expid: string;
            /** @description The deciding one first */
            reasons: string[];
            /** @description RUNNING: when the run started; NOT RUNNING: the last sign of life */
            since: string | null;
            /** @enum {unknown} */
            status: "RUNNING" | "NOT RUNNING";
        };
        ExperimentsV4: {
            experiments: components["schemas"]["ListedExperimentV4"][];
            pagination: components["schemas"]["PaginationV4"];
        };
        ExperimentV4: {
            autosubmit_version: string | null;
            description: string | null;
            /** @description Row of the main database */
            id: number;
            name: string;
        };
        FileStatusV3: {
            avg_bandwidth: null;
            avg_latency: null;
            bandwidth_warning: null;
            current_bandwidth: null;
            current_latency: null;
            datetime: null;
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            latency_warning: null;
            reponse_time: null;
            response_warning: null;
            /** @enum {boolean} */
            status: false;
        };
        FilesystemConfigurationV4: {
            config: {
                [key: string]: unknown;
            };
        };
        FoundExperimentV3: {
            completed: number | string;
            description: string | null;
            failed: number;
            hpc: string | null;
            id: number;
            /** @description When the job list was written; ISO 8601 */
            modified: string | null;
            name: string;
            queuing: number;
            running: number;
            status: string | null;
            submitted: number;
            suspended: number;
            total: number | string;
            user: string | null;
            version: string | null;
            wrapper: string | null;
        };
        GraphNodeV3: {
            ASYPD: number | null;
            children: number;
            children_list: string[];
            chunk: number | null;
            chunk_size: number | null;
            chunk_unit: string | null;
            custom_directives: null;
            /** @description In a wrapper */
            dashed: boolean;
            date: string | null;
            date_plus: string | null;
            err: string | null;
            finish: string | null;
            id: string;
            internal_id: string;
            label: string;
            /** @description 1 for jobs without parents, else one more than the highest parent's */
            level: number;
            member: string | null;
            /** @description Seconds. Run time */
            minutes: number;
            /** @description Seconds. Queue time */
            minutes_queue: number;
            out: string | null;
            package: string | null;
            parent_list: string[];
            parents: number;
            platform_name: string | null;
            processors: number;
            queue: string | null;
            /** @description The scheduler's id; 0 when never submitted */
            rm_id: number | string | null;
            section: string | null;
            shape: string;
            split: number | null;
            splits: number | null;
            start: string | null;
            /**
             * @description Job status by name
             * @enum {unknown}
             */
            status: "SUSPENDED" | "UNKNOWN" | "FAILED" | "WAITING" | "READY" | "SUBMITTED" | "QUEUING" | "RUNNING" | "COMPLETED" | "HELD" | "PREPARED" | "SKIPPED" | "DELAYED";
            status_code: number;
            status_color: string;
            submit: string | null;
            SYPD: number | null;
            wallclock: string | null;
            workflow_commit: string | null;
            wrapper: string | null;
            x: number;
            /** @description Grows downwards */
            y: number;
        };
        GraphV3: {
            chunk_size?: number | null;
            chunk_unit?: string | null;
            /** @description Both ends are among the nodes */
            edges: {
                dashed: boolean;
                from: string;
                id: string;
                /** @description Both jobs are in the same wrapper */
                is_wrapper: boolean;
                to: string;
            }[];
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            fake_edges: unknown[];
            /** @description Drawn by Graphviz, now or in advance */
            graphviz: boolean;
            groups: string[];
            groups_data: {
                [key: string]: {
                    color: string;
                    x?: number;
                    y?: number;
                };
            };
            max_children: number;
            max_parents: number;
            nodes: components["schemas"]["GraphNodeV3"][];
            /** @description Job names by wrapper */
            packages?: {
                [key: string]: string[];
            };
            pkl_timestamp: number;
            total_jobs: number;
        };
        HealthLive: {
            /** @enum {string} */
            status: "alive";
        };
        HealthReady: {
            checks: {
                main_database: {
                    /** @example no worker has run yet */
                    detail: string;
                    /** @enum {unknown} */
                    status: "ok" | "warning" | "failing";
                };
                render_threads: {
                    /** @example no worker has run yet */
                    detail: string;
                    /** @enum {unknown} */
                    status: "ok" | "warning" | "failing";
                };
                root_folder: {
                    /** @example no worker has run yet */
                    detail: string;
                    /** @enum {unknown} */
                    status: "ok" | "warning" | "failing";
                };
                status_database: {
                    /** @example no worker has run yet */
                    detail: string;
                    /** @enum {unknown} */
                    status: "ok" | "warning" | "failing";
                };
                workers: {
                    /** @example no worker has run yet */
                    detail: string;
                    /** @enum {unknown} */
                    status: "ok" | "warning" | "failing";
                };
            };
            /** @enum {unknown} */
            status: "ready" | "not ready";
        };
        Home: {
            implementation: string;
            implementation_version: string;
            name: string;
            /** @description The version of the reference implementation that answers are compatible with */
            version: string;
        };
        JobAttemptV4: {
            average_rss: number | null;
            chunk: number | null;
            /** @description Orders the attempts of one job; no count */
            counter: number;
            energy_joules: number | null;
            err: string | null;
            finish: string | null;
            /** @description Whether it has not ended yet, whatever its status says */
            in_flight: boolean;
            /** @description Whether it is the job's newest attempt */
            is_last: boolean;
            job_id: number | string | null;
            job_name: string;
            max_rss: number | null;
            member: string | null;
            /** @description As stored */
            ncpus: number | string | null;
            nodes: number | null;
            out: string | null;
            platform: string | null;
            qos: string | null;
            queue_seconds: number;
            run_id: number | null;
            run_seconds: number;
            section: string | null;
            split: number | null;
            splits: number | null;
            start: string | null;
            /** @description As stored; 4.1.17 stores FAILED for attempts in flight */
            status: string;
            submit: string | null;
            wallclock: string | null;
            workflow_commit: string | null;
            wrapper_code: number | null;
        };
        JobChildrenV4: {
            children: {
                job_name: string;
                /** @description With include_status=true; null for a job that is not in the list */
                status?: string | null;
            }[];
        };
        JobDetailV4: {
            chunk: number | null;
            chunk_size: number | null;
            chunk_unit: string | null;
            /** @description YYYYMMDD */
            date: string | null;
            err_path_local: string | null;
            finish: string | null;
            last_wrapper: string | null;
            member: string | null;
            name: string;
            out_path_local: string | null;
            platform: string | null;
            processors: number | null;
            qos: string | null;
            remote_id: number | null;
            section: string | null;
            split: number | null;
            splits: number | null;
            start: string | null;
            /**
             * @description Job status by name
             * @enum {unknown}
             */
            status: "SUSPENDED" | "UNKNOWN" | "FAILED" | "WAITING" | "READY" | "SUBMITTED" | "QUEUING" | "RUNNING" | "COMPLETED" | "HELD" | "PREPARED" | "SKIPPED" | "DELAYED";
            submit: string | null;
            wallclock: string | null;
            workflow_commit: string | null;
        };
        JobHistoryV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            history: {
                /** @description NA where the attempt belongs to no run */
                ASYPD: number | null | string;
                counter: number;
                /** @description As stored */
                created: string | null;
                /** @description Joules */
                energy: number;
                err: string | null;
                finish: string | null;
                job_id: number | string;
                ncpus: number;
                nodes: number | null;
                out: string | null;
                platform: string;
                qos: string;
                /** @description H:MM:SS */
                queue_time: string;
                run_created: string | null;
                run_id: number | null;
                /** @description H:MM:SS */
                run_time: string;
                start: string | null;
                status: string;
                submit: string | null;
                /** @description NA where the attempt belongs to no run */
                SYPD: number | null | string;
                wallclock: string | null;
            }[] | null;
            path_to_logs: string;
        };
        JobParentsV4: {
            parents: {
                job_name: string;
                /** @description With include_status=true; null for a job that is not in the list */
                status?: string | null;
            }[];
        };
        JobsCategoryTreeV4: {
            /** @description Number of jobs by date (YYYY-MM-DD), member, section and status; NA for no date or member */
            category_tree: {
                [key: string]: {
                    [key: string]: {
                        [key: string]: {
                            [key: string]: number;
                        };
                    };
                };
            };
            /** @description What the levels of the tree are */
            properties_hierarchy: string[];
        };
        JobsHistoryV4: {
            jobs_history: components["schemas"]["JobAttemptV4"][];
        };
        JobsV4: {
            jobs: components["schemas"]["JobV4"][];
            /** @description With `limit`: what to ask for next; null at the end */
            next_cursor?: string | null;
            pagination?: components["schemas"]["PaginationV4"];
        };
        JobV4: {
            chunk?: number | null;
            date?: string | null;
            err_path_local?: string | null;
            err_path_remote?: string | null;
            finish?: string | null;
            member?: string | null;
            name: string;
            out_path_local?: string | null;
            out_path_remote?: string | null;
            platform?: string;
            priority?: number;
            /** @description Corrected for the wrapper */
            queue_seconds?: number;
            run_seconds?: number;
            section?: string;
            split?: number | null;
            splits?: number | null;
            start?: string | null;
            /**
             * @description Job status by name
             * @enum {unknown}
             */
            status: "SUSPENDED" | "UNKNOWN" | "FAILED" | "WAITING" | "READY" | "SUBMITTED" | "QUEUING" | "RUNNING" | "COMPLETED" | "HELD" | "PREPARED" | "SKIPPED" | "DELAYED";
            submit?: string | null;
            wrapper?: string | null;
        };
        ListedExperimentV4: {
            completed: number;
            /** @description As stored, in one of several notations */
            created: string | null;
            description: string | null;
            failed: number;
            hpc: string | null;
            /** @description Row of the main database */
            id: number;
            /** @description When the job list was written; ISO 8601, UTC */
            modified: string | null;
            name: string;
            queuing: number;
            running: number;
            /** @description As stored; NOT RUNNING when nothing is stored */
            status: string;
            submitted: number;
            suspended: number;
            total: number;
            user: string | null;
            version: string | null;
        };
        LiveEventV4: {
            /** @description When it was noticed; ISO 8601 */
            at: string;
            /** @description A job that has another status than before */
            data: {
                /** @description When Autosubmit wrote it; ISO 8601 with the site's offset, null when it cannot be told */
                at: string | null;
                name: string;
                /**
                 * @description Now
                 * @enum {unknown}
                 */
                new: "SUSPENDED" | "UNKNOWN" | "FAILED" | "WAITING" | "READY" | "SUBMITTED" | "QUEUING" | "RUNNING" | "COMPLETED" | "HELD" | "PREPARED" | "SKIPPED" | "DELAYED";
                /**
                 * @description Before
                 * @enum {unknown}
                 */
                old: "SUSPENDED" | "UNKNOWN" | "FAILED" | "WAITING" | "READY" | "SUBMITTED" | "QUEUING" | "RUNNING" | "COMPLETED" | "HELD" | "PREPARED" | "SKIPPED" | "DELAYED";
                section: string;
            };
            expid: string;
            /** @description Grows from event to event over the whole site; never given twice */
            id: number;
            /** @enum {string} */
            kind: "job-status";
        } | {
            /** @description When it was noticed; ISO 8601 */
            at: string;
            /** @description Jobs came or went, or more changed at once than are told one by one: whoever shows the jobs reads them anew */
            data: {
                added: number;
                changed: number;
                removed: number;
                total: number;
            };
            expid: string;
            /** @description Grows from event to event over the whole site; never given twice */
            id: number;
            /** @enum {string} */
            kind: "job-list";
        } | {
            /** @description When it was noticed; ISO 8601 */
            at: string;
            /** @description How many jobs have each status, statuses without jobs left out; follows the changes that led to it */
            data: {
                counts: {
                    [key: string]: number;
                };
                total: number;
            };
            expid: string;
            /** @description Grows from event to event over the whole site; never given twice */
            id: number;
            /** @enum {string} */
            kind: "status-counts";
        } | {
            /** @description When it was noticed; ISO 8601 */
            at: string;
            data: {
                runId: number;
                /** @description When; ISO 8601 with the site's offset, null when it cannot be told */
                startedAt: string | null;
                total: number;
            };
            expid: string;
            /** @description Grows from event to event over the whole site; never given twice */
            id: number;
            /** @enum {string} */
            kind: "run-started";
        } | {
            /** @description When it was noticed; ISO 8601 */
            at: string;
            data: {
                completed: number;
                failed: number;
                /** @description When; ISO 8601 with the site's offset, null when it cannot be told */
                finishedAt: string | null;
                runId: number;
                total: number;
            };
            expid: string;
            /** @description Grows from event to event over the whole site; never given twice */
            id: number;
            /** @enum {string} */
            kind: "run-finished";
        } | {
            /** @description When it was noticed; ISO 8601 */
            at: string;
            /** @description Autosubmit began or ceased to work on the experiment, as far as its files tell */
            data: {
                /** @enum {unknown} */
                confidence: "high" | "medium" | "low";
                /**
                 * @description Now
                 * @enum {unknown}
                 */
                new: "RUNNING" | "NOT RUNNING";
                /**
                 * @description Before
                 * @enum {unknown}
                 */
                old: "RUNNING" | "NOT RUNNING";
                /** @description For people, the deciding one first */
                reasons: string[];
                /** @description RUNNING: the start of the run; NOT RUNNING: the last sign of life; ISO 8601 with the site's offset, null when it cannot be told */
                since: string | null;
            };
            expid: string;
            /** @description Grows from event to event over the whole site; never given twice */
            id: number;
            /** @enum {string} */
            kind: "experiment-status";
        } | {
            /** @description When it was noticed; ISO 8601 */
            at: string;
            /** @description A file that appeared among the logs of jobs or of Autosubmit's commands */
            data: {
                /** @enum {unknown} */
                folder: "jobs" | "commands";
                name: string;
            };
            expid: string;
            /** @description Grows from event to event over the whole site; never given twice */
            id: number;
            /** @enum {string} */
            kind: "log-added";
        };
        LogEntryV4: {
            /** @description The attempt of the job that wrote it, as the history has it; null when that does not say */
            attempt: {
                counter?: number | null;
                run_id?: number | null;
            } | null;
            command: string | null;
            /**
             * @description tmp/LOG_<expid> or tmp/ASLOGS
             * @enum {unknown}
             */
            folder: "jobs" | "commands";
            job_name: string | null;
            /**
             * @description Told from the name
             * @enum {unknown}
             */
            kind: "out" | "err" | "command" | "command-errors" | "recovery" | "recovery-errors" | "status" | "other";
            modified: string | null;
            name: string;
            platform: string | null;
            /** @description As stored, so compressed */
            size_bytes: number;
            /** @description Submission of the job or start of the command, from the name; ISO 8601 */
            time: string | null;
        };
        LoginAnswer: {
            authenticated: boolean;
            message: string;
            /** @description What the Authorization header must hold, `Bearer` included */
            token: string | null;
            user: string | null;
        };
        LogsV4: {
            /** @description With `job` only: every attempt of the job and its logs */
            attempts?: {
                counter: number | null;
                /** @description Null while the log has not been transferred */
                err: string | null;
                /** @description Null while the log has not been transferred */
                out: string | null;
                run_id: number | null;
            }[];
            logs: components["schemas"]["LogEntryV4"][];
            pagination: components["schemas"]["PaginationV4"];
        };
        LogV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            found: boolean;
            /** @description ISO 8601; empty when not found */
            lastModified: string | null;
            /** @description The last 150 lines */
            logcontent: {
                content: string;
                index: number;
            }[];
            /** @description exprun: the name, empty when there is none; joblog: the path */
            logfile: string;
            /** @description What is missing of the log, and why */
            note: string | null;
            /** @description Epoch seconds; an empty text when not found */
            timeStamp: number | string;
        };
        LogV4: {
            command: string | null;
            /**
             * @description Told from the content
             * @enum {unknown}
             */
            compression: "none" | "xz" | "gzip";
            /** @description The byte after the last one of `text` */
            end?: number;
            /**
             * @description tmp/LOG_<expid> or tmp/ASLOGS
             * @enum {unknown}
             */
            folder: "jobs" | "commands";
            job_name: string | null;
            /**
             * @description Told from the name
             * @enum {unknown}
             */
            kind: "out" | "err" | "command" | "command-errors" | "recovery" | "recovery-errors" | "status" | "other";
            lines?: {
                /** @description From 0; null where it would have to be counted */
                line: number | null;
                /** @description At most 64 KiB of it */
                text: string;
            }[];
            modified: string | null;
            name: string;
            /** @description The `from` of what follows; null at the end */
            next_from?: number | null;
            /** @description What is missing of the log, and why */
            note: string | null;
            platform: string | null;
            /** @description As stored, so compressed */
            size_bytes: number;
            /** @description First byte of `text`, after decompression */
            start?: number;
            text?: string;
            /** @description Submission of the job or start of the command, from the name; ISO 8601 */
            time: string | null;
            /** @description Null until the end was seen once */
            total_lines?: number | null;
        };
        MetricV4: {
            caveats: string[];
            formula: {
                /** @description Where it is worked out by hand */
                document: string;
                expression: string;
                name: string;
                /** @description Grows when the same inputs would give another value; 1 is the reference's */
                version: number;
            };
            inputs: {
                [key: string]: number | null;
            };
            instants: {
                [key: string]: string | null;
            };
            jobs: {
                considered: number;
                excluded: number;
                /** @description Name in job_sets */
                set: string;
            } | null;
            missing: {
                count: number;
                of: number;
                share: number | null;
                what: string;
            } | null;
            /** @description SY, SYPD, ASYPD, RSYPD, CHSY, JPSY, total_energy, … */
            name: string;
            reason: {
                code: string;
                message: string;
            } | null;
            unit: string;
            /** @description Null, with a reason, where it cannot be computed; never 0 for that */
            value: number | null;
            /** @description What /v3/performance answers; 0 also for what cannot be computed */
            version_1_value: number;
        };
        /** @description No route serves the address */
        NotFound: {
            detail: string;
        };
        PaginationV4: {
            page: number;
            page_items: number;
            page_size: number | null;
            total_items: number;
            total_pages: number;
        };
        PerformanceV3: {
            ASYPD: number | null;
            CHSY: number | null;
            considered: {
                ASYPD: number;
                CHSY: number;
                chunk: number | null;
                /** @description Joules */
                energy: number;
                /** @description Grams of CO2 */
                footprint: number;
                JPSY: number;
                name: string;
                /** @description Processing elements */
                ncpus: number;
                /** @description Seconds */
                queue: number;
                /** @description Seconds */
                running: number;
                SYPD: number;
                /** @description Years that its chunk simulates */
                yps: number;
            }[];
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            JPSY: number | null;
            not_considered?: {
                ASYPD: number;
                CHSY: number;
                chunk: number | null;
                /** @description Joules */
                energy: number;
                /** @description Grams of CO2 */
                footprint: number;
                JPSY: number;
                name: string;
                /** @description Processing elements */
                ncpus: number;
                /** @description Seconds */
                queue: number;
                /** @description Seconds */
                running: number;
                SYPD: number;
                /** @description Years that its chunk simulates */
                yps: number;
            }[];
            Parallelization: number | null;
            /** @description After an error only */
            PE?: null;
            platform_info?: {
                CF: number;
                name: string;
                PUE: number;
            };
            RSYPD: number | null;
            /** @description Simulated years */
            SY?: number;
            SYPD: number | null;
            /** @description Joules */
            Total_energy?: number;
            /** @description Grams of CO2 */
            Total_footprint?: number;
            warnings_job_data: string[];
        };
        PerformanceV4: {
            expid: string;
            job_sets: {
                [key: string]: {
                    considered: string[];
                    excluded: {
                        message: string;
                        name: string;
                        reason: string;
                    }[];
                };
            };
            metrics: components["schemas"]["MetricV4"][];
            platform: {
                /** @description CF: grams of CO2 per megawatt hour */
                carbon_factor: number | null;
                name: string | null;
                /** @description PUE */
                power_usage_effectiveness: number | null;
            };
            simulations: {
                ASYPD: number | null;
                CHSY: number | null;
                chunk: number | null;
                energy_joules: number | null;
                finish: string | null;
                footprint_grams: number | null;
                JPSY: number | null;
                name: string;
                queue_seconds: number;
                run_seconds: number;
                split: number | null;
                splits: number | null;
                start: string | null;
                SYPD: number | null;
                /** @description Simulated years, its part of the chunk */
                years: number;
            }[];
        };
        PklInfoV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            has_changed: boolean;
            /** @description Job names by wrapper */
            packages: {
                [key: string]: string[];
            };
            pkl_content: components["schemas"]["PklJobV3"][];
            /** @enum {string} */
            pkl_file_name: "";
            /** @description When Autosubmit last wrote the job list, epoch seconds */
            pkl_timestamp: number;
        };
        PklJobV3: {
            dashed: boolean;
            err: string | null;
            finish: string | null;
            /** @description Seconds. Run time */
            minutes: number;
            /** @description Seconds. Queue time */
            minutes_queue: number;
            name: string;
            out: string | null;
            package: string | null;
            priority: number;
            /** @description The scheduler's id; 0 when never submitted */
            rm_id: number | string | null;
            /** @description HTML; names are escaped. Queue and run time */
            running_text: string;
            shape: string;
            start: string | null;
            /**
             * @description Job status by name
             * @enum {unknown}
             */
            status: "SUSPENDED" | "UNKNOWN" | "FAILED" | "WAITING" | "READY" | "SUBMITTED" | "QUEUING" | "RUNNING" | "COMPLETED" | "HELD" | "PREPARED" | "SKIPPED" | "DELAYED";
            status_code: number;
            status_color: string;
            submit: string | null;
            SYPD: number | null;
            workflow_commit: string | null;
        };
        PklTreeInfoV3: {
            check_mark: string;
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            has_changed: boolean;
            /** @description Job names by wrapper */
            packages: {
                [key: string]: string[];
            };
            pkl_content: components["schemas"]["PklTreeJobV3"][];
            /** @enum {string} */
            pkl_file_name: "";
            /** @description When Autosubmit last wrote the job list, epoch seconds */
            pkl_timestamp: number;
            source_tag: string;
            sync_tag: string;
            target_tag: string;
        };
        PklTreeJobV3: {
            err: string | null;
            finish: string | null;
            /** @description Seconds. Run time */
            minutes: number;
            /** @description Seconds. Queue time */
            minutes_queue: number;
            name: string;
            out: string | null;
            priority: number;
            /** @description The scheduler's id; 0 when never submitted */
            rm_id: number | string | null;
            /** @description HTML; names are escaped. Queue and run time */
            running_text: string;
            start: string | null;
            /**
             * @description Job status by name
             * @enum {unknown}
             */
            status: "SUSPENDED" | "UNKNOWN" | "FAILED" | "WAITING" | "READY" | "SUBMITTED" | "QUEUING" | "RUNNING" | "COMPLETED" | "HELD" | "PREPARED" | "SKIPPED" | "DELAYED";
            status_code: number;
            status_color: string;
            submit: string | null;
            SYPD: number | null;
            /** @description HTML; names are escaped. As in the tree */
            title: string;
            workflow_commit: string | null;
            wrapper: string | null;
            wrapper_id: string | null;
            wrapper_tag: string | null;
        };
        PreferredUsernameV4: {
            /** @description When it was chosen first, as `2024-04-12-13:00:40+02:00` */
            created: string;
            /** @description When it was chosen last */
            modified: string;
            /** @description The login name that the user wants commands to use; it gives no rights */
            preferred_username: string;
            /** @description The name that the user logged in with */
            user_id: string;
        };
        QuickV3: {
            completed: number;
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            failed: number;
            queuing: number;
            running: number;
            total: number;
            tree_view: {
                children: unknown[];
                /** @enum {string} */
                data: "Empty";
                refKey: string;
                /**
                 * @description Job status by name
                 * @enum {unknown}
                 */
                status: "SUSPENDED" | "UNKNOWN" | "FAILED" | "WAITING" | "READY" | "SUBMITTED" | "QUEUING" | "RUNNING" | "COMPLETED" | "HELD" | "PREPARED" | "SKIPPED" | "DELAYED";
                /** @description HTML; names are escaped */
                title: string;
            }[];
            view_data: {
                err: string;
                name: string;
                out: string;
                path_log: string;
            }[];
        };
        RecoveryLogsV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            platform_recovery_logs: {
                /** @description The last 150 lines */
                content: {
                    content: string;
                    index: number;
                }[];
                /** @description When the recovery started, from the name; no zone */
                datetime: string;
                filename: string;
                modified_date: string | null;
                /** @description What is missing of the log, and why */
                note: string | null;
                platform: string;
            }[];
        };
        /** @description Why the request is refused */
        RefusalV4: {
            /** @description The same as `error_message` */
            detail: string;
            /** @enum {boolean} */
            error: true;
            error_message: string;
        };
        RouteIndex: {
            routes: {
                methods: string[];
                path: string;
            }[];
        };
        RunConfigurationV4: {
            config: {
                [key: string]: unknown;
            };
            /** @description Null where no such run was recorded */
            run_id: number | null;
        };
        RunDetailV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            jobs: components["schemas"]["RunJobV3"][];
            pkl_timestamp: number;
            /** @description Counts by folder; badge templates (completed_tag, running_tag, queuing_tag, failed_tag, held_tag, checkmark) with %C %T %B %R %Q %F %H; packages, chunk_unit, chunk_size */
            reference: Record<string, unknown> | unknown[];
            total: number;
            tree: {
                children: Record<string, unknown>[];
                /** @description Empty, or the counts of a wrapper */
                data: unknown;
                expanded: boolean;
                /** @enum {unknown} */
                folder: true;
                refKey: string;
                /** @description HTML; names are escaped */
                title: string;
            }[];
        };
        /** @description `member` holds the section and `section` the member, as in the reference */
        RunJobV3: {
            ASYPD: number | null;
            children: null;
            children_list: string[] | null;
            chunk: number | null;
            custom_directives: null;
            date: string | null;
            date_plus: string | null;
            err: string | null;
            finish: string | null;
            id: string;
            internal_id: string;
            label: string;
            member: string | null;
            /** @description Seconds. Run time */
            minutes: number;
            /** @description Seconds. Queue time */
            minutes_queue: number;
            out: string | null;
            parent_list: string[] | null;
            parents: null;
            platform_name: string | null;
            processors: number | string | null;
            queue: string | null;
            /** @description The scheduler's id; 0 when never submitted */
            rm_id: number | string | null;
            section: string | null;
            start: string | null;
            status: string;
            status_code: number;
            status_color: string;
            submit: string | null;
            sync: boolean;
            SYPD: number | null;
            /** @description HTML; names are escaped. As in the tree */
            title: string;
            tree_parents: string[];
            wallclock: string | null;
            wrapper: number | null;
            wrapper_code: number | null;
        };
        RunLogStateV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            /** @description Whether the run log was written in the last 300 seconds */
            is_running: boolean;
            log_path: string | null;
            /** @description Seconds since the run log was written; 0 when there is none */
            timediff: number;
        };
        RunnerDetailV4Alpha: {
            module_loader: string;
            modules: string[];
            runner: string;
            /** @description What `autosubmit -v` says */
            version: string;
        };
        RunnerEndpointsV4: {
            CREATE_EXPERIMENT: {
                ENABLED: boolean;
            };
            RUNNER_RUN: {
                ENABLED: boolean;
            };
            SET_JOB_STATUS: {
                ENABLED: boolean;
            };
            UPDATE_EXPERIMENT_DETAILS: {
                ENABLED: boolean;
            };
        };
        RunnerProcessV4: {
            created: string;
            /** @description 128 + a signal's number; null while it runs, or when nobody saw it */
            exit_code: number | null;
            expid: string;
            /** @description Why it could not be started */
            failure: string | null;
            modified: string;
            module_loader: string;
            /** @description One a line */
            modules: string;
            output: {
                /** @description The end of what it printed */
                text: string;
                /** @description Whether there was more */
                truncated: boolean;
            } | null;
            /** @description 0 while it is being started */
            pid: number;
            runner: string;
            runner_id: number;
            /** @description ACTIVE, COMPLETED or TERMINATED */
            status: string;
            /** @description Null when nobody stopped it */
            stopped_by: string | null;
        };
        RunnerProfilesV4: {
            [key: string]: {
                /** @description CONDA, LMOD, VENV or NO_MODULE */
                MODULE_LOADER_TYPE?: string;
                MODULES?: string | string[];
                /** @description LOCAL or SSH */
                RUNNER_TYPE?: string;
                SSH?: {
                    /** @description Machine */
                    HOST?: string;
                    PORT?: number;
                    /** @description Account */
                    USERNAME?: string;
                };
            };
        };
        RunnerRunStatusV4: {
            created: string | null;
            expid: string;
            modified: string | null;
            module_loader: string | null;
            /** @description One a line */
            modules: string | null;
            /** @description 0 while it is being started */
            pid: number | null;
            runner: string | null;
            runner_id: number | null;
            /** @description ACTIVE, COMPLETED or TERMINATED */
            status: string | null;
        };
        RunningV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            running: boolean;
        };
        RunStartedV4: {
            message: string;
            pid: number;
            runner_id: number;
        };
        RunStartedV4Alpha: {
            expid: string;
            module_loader: string;
            modules: string[];
            pid: number;
            runner: string;
            runner_id: number;
        };
        RunStoppedV4: {
            message: string;
            runner_id: number;
            /** @description autosubmit, or the signal that was needed; null when it ended by itself meanwhile */
            stopped_by: string | null;
        };
        RunsV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            runs: {
                ASYPD: number | null;
                CHSY: number | null;
                chunk_size: number | null;
                chunk_unit: string | null;
                completed: number;
                /** @description As stored */
                created: string | null;
                failed: number;
                finish: string | null;
                /** @description Processing elements of SIM jobs in the present configuration */
                Parallelization: number;
                queuing: number;
                run_id: number;
                running: number;
                submitted: number;
                suspended: number;
                SYPD: number | null;
                total: number;
            }[];
        };
        RunsV4: {
            runs: {
                finish: string | null;
                run_id: number;
                start: string | null;
            }[];
        };
        SearchV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error?: boolean;
            /** @description Empty where `error` is false */
            error_message?: string;
            experiment: components["schemas"]["FoundExperimentV3"][];
        };
        /** @enum {string} */
        ShutdownV3: "";
        SshPublicKeysV4: string[];
        StatisticsV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            Statistics: {
                JobStatistics: {
                    completedCount: number;
                    completedQueueTime: number;
                    completedRunTime: number;
                    cpuConsumption: number;
                    expectedConsumption: number;
                    expectedCpuConsumption: number;
                    /** @description Attempts that are not completed, those in flight included */
                    failedCount: number;
                    failedCpuConsumption: number;
                    failedQueueTime: number;
                    failedRealConsumption: number;
                    failedRunTime: number;
                    /** @description How many of failedCount have not ended yet */
                    inFlightCount: number;
                    name: string;
                    /** @description Processing elements */
                    processors: number;
                    realConsumption: number;
                    retrialCount: number;
                    submittedCount: number;
                    wallclock: number;
                }[];
                Period: {
                    /** @description `None` when the whole history is asked for */
                    From: string;
                    To: string;
                };
            } | null;
            summary: {
                completedCount: number;
                cpuConsumption: number;
                cpuConsumptionPercentage: number;
                expectedConsumption: number;
                expectedCpuConsumption: number;
                failedCount: number;
                failedCpuConsumption: number;
                failedRealConsumption: number;
                inFlightCount: number;
                realConsumption: number;
                runCount: number;
                submittedCount: number;
                totalQueueTime: number;
            } | null;
        };
        SummaryV3: {
            /** @description As `1 day, 2:03:04`; NA after an error */
            avg_queue_time: string;
            avg_run_time: string;
            avg_sim_queue_time: string;
            avg_sim_run_time: string;
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            failed_jobs: string[];
            n_failed: number;
            n_queuing: number;
            n_running: number;
            n_sim: number;
            n_submitted: number;
            n_suspended: number;
            /** @description Jobs whose TOTAL_STATS contradicts the job list; in no other count */
            n_suspicious: number;
            sim_queue_considered: number;
            sim_run_considered: number;
        };
        TokenTestV3: {
            isValid: boolean;
            /** @description Null when the token is good */
            message: string | null;
        };
        TreeJobV3: {
            ASYPD: number | null;
            children: number;
            children_list: string[];
            chunk: number | null;
            chunk_size: number | null;
            chunk_unit: string | null;
            custom_directives: null;
            date: string | null;
            date_plus: string | null;
            err: string | null;
            finish: string | null;
            id: string;
            internal_id: string;
            label: string;
            member: string | null;
            /** @description Seconds. Run time */
            minutes: number;
            /** @description Seconds. Queue time */
            minutes_queue: number;
            out: string | null;
            parent_list: string[];
            parents: number;
            platform_name: string | null;
            processors: number;
            queue: string | null;
            /** @description The scheduler's id; 0 when never submitted */
            rm_id: number | string | null;
            section: string | null;
            split: number | null;
            splits: number | null;
            start: string | null;
            /**
             * @description Job status by name
             * @enum {unknown}
             */
            status: "SUSPENDED" | "UNKNOWN" | "FAILED" | "WAITING" | "READY" | "SUBMITTED" | "QUEUING" | "RUNNING" | "COMPLETED" | "HELD" | "PREPARED" | "SKIPPED" | "DELAYED";
            status_code: number;
            status_color: string;
            submit: string | null;
            SYPD: number | null;
            /** @description HTML; names are escaped. As in the tree */
            title: string;
            /** @description refKeys of the folders that hold it */
            tree_parents: string[];
            wallclock: string | null;
            workflow_commit: string | null;
            wrapper: string | null;
            wrapper_code: string | null;
        };
        TreeV3: {
            /** @description Whether the question could not be answered; the status is 200 all the same */
            error: boolean;
            /** @description Empty where `error` is false */
            error_message: string;
            jobs: components["schemas"]["TreeJobV3"][];
            /** @description When Autosubmit last wrote the job list, epoch seconds */
            pkl_timestamp: number;
            /** @description Counts by folder; badge templates (completed_tag, running_tag, queuing_tag, failed_tag, held_tag, checkmark) with %C %T %B %R %Q %F %H; packages, chunk_unit, chunk_size */
            reference: Record<string, unknown> | unknown[];
            total: number;
            tree: {
                children: Record<string, unknown>[];
                /** @description Empty, or the counts of a wrapper */
                data: unknown;
                expanded: boolean;
                /** @enum {unknown} */
                folder: true;
                refKey: string;
                /** @description HTML; names are escaped */
                title: string;
            }[];
        };
        UserMetricsRunsV4: {
            runs: {
                run_id: number;
            }[];
        };
        UserMetricsV4: {
            metrics: {
                job_name: string | null;
                metric_name: string | null;
                /** @description Text, whatever it means */
                metric_value: string | null;
                modified: string | null;
            }[];
            run_id: number;
        };
        ValidationError: {
            detail: ({
                ctx?: {
                    [key: string]: unknown;
                };
                input: unknown;
                /** @description Where: query, path, header or body, then the names inside */
                loc: (string | number)[];
                msg: string;
                type: string;
            } & {
                [key: string]: unknown;
            })[];
        };
        /** @description Whether the token is good (status 200) or not (401), and whose it is */
        VerifiedTokenV4: {
            authenticated: boolean;
            user: string | null;
        };
        WorkerFailureV4: {
            expid: string;
            /** @description When it failed first; ISO 8601 */
            first_failed: string;
            /** @description When it failed last; ISO 8601 */
            last_failed: string;
            message: string;
            /** @description Runs in a row */
            times: number;
        };
        WorkersV4: {
            /** @description Why there are no tasks, and what to do */
            note: string | null;
            tasks: components["schemas"]["WorkerTaskV4"][];
        };
        WorkerTaskV4: {
            current_run: {
                /** @description Of these, stored anew */
                changed: number;
                /** @description Seconds; null while it is under way */
                duration: number | null;
                /** @description Looked at so far */
                examined: number;
                /** @description Of the site when it started */
                experiments: number;
                /** @description Could not be handled */
                failed: number;
                /** @description Null while it is under way; ISO 8601 */
                finished: string | null;
                /** @description Of these, read in full: something had changed */
                read: number;
                /** @description When a worker started it; ISO 8601 */
                started: string;
            } | null;
            enabled: boolean;
            failures: components["schemas"]["WorkerFailureV4"][];
            /**
             * @description As in the settings file
             * @example TASK_STTSUPDTR
             */
            id: string;
            last_run: {
                /** @description Of these, stored anew */
                changed: number;
                /** @description Seconds; null while it is under way */
                duration: number | null;
                /** @description Looked at so far */
                examined: number;
                /** @description Of the site when it started */
                experiments: number;
                /** @description Could not be handled */
                failed: number;
                /** @description Null while it is under way; ISO 8601 */
                finished: string | null;
                /** @description Of these, read in full: something had changed */
                read: number;
                /** @description When a worker started it; ISO 8601 */
                started: string;
            } | null;
            /** @description As the workers said last; null when the task is not enabled; ISO 8601 */
            next_run: string | null;
            /** @description In words, or a cron expression */
            schedule: string;
            /** @description When a worker last said so; ISO 8601 */
            updated: string;
            /** @description Host, process and a random part */
            updated_by: string;
        };
        WrappersV4: {
            wrappers: {
                job_names: string[];
                wrapper_name: string;
            }[];
        };
    };
    responses: {
        /** @description The body is not as long as its headers say */
        BodyMalformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": true,
                 *       "error_message": "Request body size did not match Content-Length",
                 *       "detail": "Request body size did not match Content-Length"
                 *     }
                 */
                "application/json": components["schemas"]["RefusalV4"];
            };
        };
        /** @description The body is too large */
        BodyTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": true,
                 *       "error_message": "Request body is too large",
                 *       "detail": "Request body is too large"
                 *     }
                 */
                "application/json": components["schemas"]["RefusalV4"];
            };
        };
        /** @description The user may not do that */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": true,
                 *       "error_message": "You do not have permission to perform this operation",
                 *       "detail": "You do not have permission to perform this operation"
                 *     }
                 */
                "application/json": components["schemas"]["RefusalV4"];
            };
        };
        /** @description The body is not JSON */
        MediaTypeUnsupported: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": true,
                 *       "error_message": "Unsupported Media Type",
                 *       "detail": "Unsupported Media Type"
                 *     }
                 */
                "application/json": components["schemas"]["RefusalV4"];
            };
        };
        /** @description Too many requests of this kind in this minute */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": true,
                 *       "error_message": "More than 600 requests of this kind in a minute; please ask again in 12 s",
                 *       "detail": "More than 600 requests of this kind in a minute; please ask again in 12 s"
                 *     }
                 */
                "application/json": components["schemas"]["RefusalV4"];
            };
        };
        /** @description A token is needed, and there is none that is good */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": true,
                 *       "error_message": "Unauthorized",
                 *       "detail": "Unauthorized"
                 *     }
                 */
                "application/json": components["schemas"]["RefusalV4"];
            };
        };
        /** @description The address is longer than any of ours */
        UrlTooLong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": true,
                 *       "error_message": "The address is longer than 8192 bytes",
                 *       "detail": "The address is longer than 8192 bytes"
                 *     }
                 */
                "application/json": components["schemas"]["RefusalV4"];
            };
        };
    };
    parameters: {
        /**
         * @description ETags of the contents that the client has
         * @example "none-of-ours"
         */
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description Names this content, for If-None-Match */
        ETag: string;
        /** @description Seconds after which to ask again */
        "Retry-After": number;
        /** @description Requests of this kind in a minute; absent where they are not limited */
        "X-RateLimit-Limit": number;
        /** @description How many of them are left */
        "X-RateLimit-Remaining": number;
        /** @description Seconds until all of them are there again */
        "X-RateLimit-Reset": number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHome: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Home"];
                };
            };
            414: components["responses"]["UrlTooLong"];
        };
    };
    getHealthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthLive"];
                };
            };
            414: components["responses"]["UrlTooLong"];
        };
    };
    getHealthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They can; warnings do not matter for that */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReady"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description They cannot; the failing checks tell why */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReady"];
                };
            };
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3CconfigByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3ExpRecoveryLogsByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryLogsV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3ExpcountByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentCountV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3ExpinfoByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentInfoV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3ExprunByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3Filestatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description That it is not */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileStatusV3"];
                };
            };
            401: components["responses"]["Unauthorized"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3GraphByExpidLayoutGrouped: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /** @example date-member */
                grouped: "none" | "status" | "date-member";
                /** @example standard */
                layout: "standard" | "laplacian";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3HistoryByExpidJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /**
                 * @description Job name
                 * @example a000_20000101_fc0_1_SIM
                 */
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobHistoryV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3IfrunByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunningV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3JoblogByLogfile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Name of a job's log, which begins with the expid
                 * @example a000_20000101_fc0_1_SIM.20260504083833.out
                 */
                logfile: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3Login: {
        parameters: {
            query?: {
                /** @description The path of the GUI, whose login page is below it */
                env?: string;
                /** @description What CAS gave to the login page */
                ticket?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A token */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description To CAS, which comes back to the login page */
            307: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not let in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description This way in is not configured */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused, or the body is not JSON */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The provider does not answer, or not as it should; the message names it */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
        };
    };
    getV3LogrunByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunLogStateV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3PerformanceByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PerformanceV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3PklinfoByExpidTimeStamp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /**
                 * @description Not used
                 * @example 0
                 */
                timeStamp: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PklInfoV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description The error: something is being written, or the server is busy */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PklInfoV3"];
                };
            };
            /** @description The error: it took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PklInfoV3"];
                };
            };
        };
    };
    getV3PkltreeinfoByExpidTimeStamp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /**
                 * @description Not used
                 * @example 0
                 */
                timeStamp: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PklTreeInfoV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3QuickByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3RundetailByExpidRunid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /**
                 * @description Number of the run
                 * @example 1
                 */
                runid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetailV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3Running: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3RunsByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunsV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3SearchByQuery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Part of the name, the description or the owner
                 * @example a0
                 */
                query: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3SearchByQueryExptypeOnlyactive: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description test, operational or experiment; anything else means all
                 * @example test
                 */
                exptype: string;
                /**
                 * @description Any text, `false` too, leaves the running ones only
                 * @example true
                 */
                onlyactive: string;
                /**
                 * @description Part of the name, the description or the owner
                 * @example a0
                 */
                query: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3SearchownerByOwner: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description `*` is any text, a leading `!` turns it round
                 * @example alice
                 */
                owner: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3ShutdownByRoute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example tree */
                route: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShutdownV3"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3StatsByExpidHoursSection: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /**
                 * @description Only jobs that were active in these hours before now; 0 for all
                 * @example 0
                 */
                hours: string;
                /**
                 * @description Job section, or Any
                 * @example Any
                 */
                section: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatisticsV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3SummaryByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3Tokentest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenTestV3"];
                };
            };
            /** @description It is not */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenTestV3"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    postV3Tokentest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenTestV3"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            /** @description It is not */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenTestV3"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused, or the body is not JSON */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV3TreeByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer, or the error */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TreeV3"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No route serves the address */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV4: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteIndex"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV4Audit: {
        parameters: {
            query?: {
                /** @description What, such as command.stop-experiment */
                action?: string;
                /** @description `next` of the page before */
                before?: number;
                /** @description On which experiment */
                expid?: string;
                /**
                 * @description Not before; ISO 8601 with its offset
                 * @example 2026-07-01T00:00:00Z
                 */
                from?: string;
                /** @description Entries per page */
                limit?: number;
                outcome?: "allowed" | "refused" | "failed" | "done";
                /**
                 * @description Not after; ISO 8601 with its offset
                 * @example 2026-07-01T00:00:00Z
                 */
                to?: string;
                /** @description Who */
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of it */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalV4"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalV4"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The API's own records cannot be used at the moment */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4AuthCasV2Login: {
        parameters: {
            query?: {
                /** @description The page that the ticket is for; this API itself if absent. It must be on the list of allowed ones */
                service?: string;
                /** @description What CAS gave to that page */
                ticket?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A token */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description To CAS, which comes back to the service */
            307: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not let in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description This way in is not configured */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused, or the body is not JSON */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The provider does not answer, or not as it should; the message names it */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
        };
    };
    getV4AuthOauth2GithubLogin: {
        parameters: {
            query?: {
                /** @description What the provider gave to the GUI */
                code?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A token */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description Not let in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description This way in is not configured */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused, or the body is not JSON */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The provider does not answer, or not as it should; the message names it */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
        };
    };
    getV4AuthOidcLogin: {
        parameters: {
            query?: {
                /** @description What the provider gave to the GUI */
                code?: string;
                /** @description The address that the provider gave the code to */
                redirect_uri?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A token */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description Not let in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description This way in is not configured */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused, or the body is not JSON */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The provider does not answer, or not as it should; the message names it */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
        };
    };
    getV4AuthVerifyToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is good */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiedTokenV4"];
                };
            };
            /** @description It is not */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiedTokenV4"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV4Events: {
        parameters: {
            query?: {
                /**
                 * @description Of these experiments
                 * @example [
                 *       "a000",
                 *       "a001"
                 *     ]
                 */
                expid?: string[];
                /**
                 * @description `sse`: a stream of server-sent events; `json`: one page of events
                 * @example json
                 */
                format?: "sse" | "json";
                /** @description Events of a page of JSON */
                limit?: number;
                /**
                 * @description Of this user's experiments
                 * @example alice
                 */
                owner?: string;
                /**
                 * @description Events after this number; the feed begins now without it
                 * @example 0
                 */
                since?: number;
                /**
                 * @description Of experiments that are RUNNING, or NOT RUNNING, at the time
                 * @example RUNNING
                 */
                status?: string;
                /** @description Instead of the Authorization header, which EventSource cannot send */
                ticket?: string;
            };
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of events, or a page of them */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPageV4"];
                    "text/event-stream": string;
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused, or the body is not JSON */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description Too many feeds are open; Retry-After tells when to ask again */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The journal of events cannot be read */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4EventsTickets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTicketV4"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused, or the body is not JSON */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    getV4Experiments: {
        parameters: {
            query?: {
                /**
                 * @description The version that created the experiment; `*` is any text, a leading `!` turns it round
                 * @example !x*
                 */
                autosubmit_version?: string;
                /** @example experiment */
                exp_type?: "test" | "operational" | "experiment";
                /**
                 * @description Main platform; `*` is any text, a leading `!` turns it round
                 * @example !x*
                 */
                hpc?: string;
                /**
                 * @description Running experiments only
                 * @example false
                 */
                only_active?: "true" | "True" | "1" | "yes" | "on" | "t" | "y" | "false" | "False" | "0" | "no" | "off" | "f" | "n";
                /** @example created */
                order_by?: "expid" | "created" | "description";
                /**
                 * @description Descending order
                 * @example false
                 */
                order_desc?: "true" | "True" | "1" | "yes" | "on" | "t" | "y" | "false" | "False" | "0" | "no" | "off" | "f" | "n";
                /**
                 * @description Owner; `*` is any text, a leading `!` turns it round
                 * @example !x*
                 */
                owner?: string;
                /** @example 1 */
                page?: number;
                /**
                 * @description All experiments unless positive
                 * @example 50
                 */
                page_size?: number;
                /**
                 * @description Part of the name, the description or the owner
                 * @example a0
                 */
                query?: string;
            };
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentsV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsByExpid: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsEta: {
        parameters: {
            query?: {
                /**
                 * @description Job section to estimate
                 * @example SIM
                 */
                section?: string;
            };
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EtaV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No job is of that section */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsEvents: {
        parameters: {
            query?: {
                /**
                 * @description `sse`: a stream of server-sent events; `json`: one page of events
                 * @example json
                 */
                format?: "sse" | "json";
                /** @description Events of a page of JSON */
                limit?: number;
                /**
                 * @description Events after this number; the feed begins now without it
                 * @example 0
                 */
                since?: number;
                /** @description Instead of the Authorization header, which EventSource cannot send */
                ticket?: string;
            };
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of events, or a page of them */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPageV4"];
                    "text/event-stream": string;
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused, or the body is not JSON */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description Too many feeds are open; Retry-After tells when to ask again */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The journal of events cannot be read */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsFilesystemConfig: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesystemConfigurationV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsJobs: {
        parameters: {
            query?: {
                /**
                 * @description Chunk number
                 * @example 1
                 */
                chunk?: string;
                /** @description `next_cursor` of the answer before; needs `limit` */
                cursor?: string;
                /**
                 * @description Start date, YYYY-MM-DD or YYYYMMDD
                 * @example 2000-01-01
                 */
                date?: string;
                /**
                 * @description csv and ndjson: a file, in the order of the job list
                 * @example csv
                 */
                format?: "json" | "csv" | "ndjson";
                /**
                 * @description Jobs at a time, in file order, for long lists: ask on with `next_cursor`
                 * @example 1000
                 */
                limit?: number;
                /**
                 * @description Member
                 * @example fc0
                 */
                member?: string;
                /** @example 1 */
                page?: number;
                /**
                 * @description Jobs per page; all of them unless positive
                 * @example 50
                 */
                page_size?: number;
                /**
                 * @description Where the section runs, in any case
                 * @example LOCAL
                 */
                platform?: string;
                /**
                 * @description Part of the job's name
                 * @example _SIM
                 */
                query?: string;
                /**
                 * @description Job section
                 * @example SIM
                 */
                section?: string;
                /**
                 * @description Split number
                 * @example NA
                 */
                split?: string;
                /**
                 * @description Status name. In all conditions `*` is any text, a leading `!` turns them round, `NA` is no value
                 * @example RUNNING
                 */
                status?: string;
                /**
                 * @description quick: names and statuses; base: what the job list says; extended: times, platform and wrapper as well
                 * @example extended
                 */
                view?: "quick" | "base" | "extended";
            };
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobsV4"];
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The cursor is none that an answer gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsJobsCategoryTree: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobsCategoryTreeV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsJobsHistory: {
        parameters: {
            query?: {
                /** @example csv */
                format?: "json" | "csv" | "ndjson";
                /**
                 * @description Only attempts of these runs, comma-separated
                 * @example 1,2
                 */
                run_id?: string;
                /**
                 * @description Only attempts of these sections, comma-separated
                 * @example SIM,POST
                 */
                section?: string;
                /**
                 * @description Only attempts of these statuses, as stored, comma-separated
                 * @example COMPLETED,FAILED
                 */
                status?: string;
                /**
                 * @description Only attempts submitted before this instant
                 * @example 2026-01-01T00:00:00+01:00
                 */
                submitted_before?: string;
                /**
                 * @description Only attempts submitted at or after this instant
                 * @example 2026-01-01T00:00:00+01:00
                 */
                submitted_from?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobsHistoryV4"];
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsJobsByJobName: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /** @example a000_20000101_fc0_1_SIM */
                job_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetailV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsJobsChildren: {
        parameters: {
            query?: {
                /**
                 * @description Whether to tell each job's status as well
                 * @example true
                 */
                include_status?: boolean;
            };
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /** @example a000_20000101_fc0_1_SIM */
                job_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobChildrenV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsJobsParents: {
        parameters: {
            query?: {
                /**
                 * @description Whether to tell each job's status as well
                 * @example true
                 */
                include_status?: boolean;
            };
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /** @example a000_20000101_fc0_1_SIM */
                job_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobParentsV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsLogs: {
        parameters: {
            query?: {
                /** @description Name of a job: its logs, and its attempts with theirs */
                job?: string;
                kind?: "out" | "err" | "command" | "command-errors" | "recovery" | "recovery-errors" | "status" | "other";
                page?: number;
                page_size?: number;
                /** @description Part of the log's name, in any case */
                query?: string;
            };
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogsV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsLogsByName: {
        parameters: {
            query?: {
                /**
                 * @description First and last byte of the text, after decompression; at most 4 MiB
                 * @example 0-65535
                 */
                bytes?: string;
                /** @description First line, from 0 */
                from?: number;
                /** @description With `from` or `search` */
                lines?: number;
                /** @description Only lines with this text, in any case */
                search?: string;
                /** @description Last lines; 150 when nothing else is asked for */
                tail?: number;
            };
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /**
                 * @description As the list of logs has it
                 * @example a000_20000101_fc0_1_SIM.20260504083833.out
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsLogsRaw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /**
                 * @description As the list of logs has it
                 * @example a000_20000101_fc0_1_SIM.20260504083833.out
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range */
            206: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description No byte of the file is in the range */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsPerformance: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PerformanceV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsRuns: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunsV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsRunsConfig: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /**
                 * @description Number of the run
                 * @example 1
                 */
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunConfigurationV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsRunsUserMetrics: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
                /**
                 * @description Number of the run
                 * @example 1
                 */
                run_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserMetricsV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsStatus: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentStatusV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsUserMetricsRuns: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserMetricsRunsV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4ExperimentsWrappers: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrappersV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4RunnersCommandCreateExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "profile_name": "HERE",
                 *       "command_params": {
                 *         "description": "A test",
                 *         "hpc": "LOCAL"
                 *       },
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    command_params: {
                        /** @description Folder of the configuration, in the repository */
                        config_path?: string | null;
                        /** @description Experiment to copy */
                        copy?: string | null;
                        /** @description What the experiment is for */
                        description?: string | null;
                        /** @description Branch */
                        git_branch?: string | null;
                        /** @description Repository */
                        git_repo?: string | null;
                        /** @description Platform */
                        hpc?: string | null;
                        /** @description Minimal configuration */
                        minimal?: boolean | null;
                        /** @description Operational experiment */
                        operational?: boolean | null;
                        /** @description Test case */
                        testcase?: boolean | null;
                        /** @description Use a local minimal.yml */
                        use_local_minimal?: boolean | null;
                    };
                    /**
                     * @description Only tell the exact command and the jobs it would touch
                     * @default false
                     */
                    dryRun?: boolean;
                    profile_name: string;
                    /** @description RUNNER_TYPE, MODULE_LOADER_TYPE, MODULES, SSH: {HOST, USERNAME, PORT}, where the profile leaves them open */
                    profile_params?: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentCreatedV4"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4RunnersCommandGetRunnerRunStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expid": "a000"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Experiment identifier
                     * @example a000
                     */
                    expid: string;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunnerRunStatusV4"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            401: components["responses"]["Unauthorized"];
            /** @description Not enabled at this site */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4RunnersCommandRunExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expid": "a000",
                 *       "profile_name": "HERE",
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Only tell the exact command and the jobs it would touch
                     * @default false
                     */
                    dryRun?: boolean;
                    /**
                     * @description Experiment identifier
                     * @example a000
                     */
                    expid: string;
                    profile_name: string;
                    /** @description RUNNER_TYPE, MODULE_LOADER_TYPE, MODULES, SSH: {HOST, USERNAME, PORT}, where the profile leaves them open */
                    profile_params?: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStartedV4"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4RunnersCommandSetJobStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expid": "a000",
                 *       "profile_name": "HERE",
                 *       "command_params": {
                 *         "final_status": "READY",
                 *         "filter_status": "FAILED"
                 *       },
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    command_params: {
                        /** @description Generate wrappers */
                        check_wrapper?: boolean | null;
                        /** @description As Autosubmit's -fc */
                        filter_chunks?: string | null;
                        /** @description As Autosubmit's -fs */
                        filter_status?: string | null;
                        /** @description As Autosubmit's -ft */
                        filter_type?: string | null;
                        /** @description As Autosubmit's -ftc */
                        filter_type_chunk?: string | null;
                        /** @description As Autosubmit's -ftcs */
                        filter_type_chunk_split?: string | null;
                        /** @description Status to set */
                        final_status?: string | null;
                        job_names_list?: string[] | null;
                        /** @description Update the experiment's version */
                        update_version?: boolean | null;
                    };
                    /**
                     * @description Only tell the exact command and the jobs it would touch
                     * @default false
                     */
                    dryRun?: boolean;
                    /**
                     * @description Experiment identifier
                     * @example a000
                     */
                    expid: string;
                    profile_name: string;
                    /** @description RUNNER_TYPE, MODULE_LOADER_TYPE, MODULES, SSH: {HOST, USERNAME, PORT}, where the profile leaves them open */
                    profile_params?: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDoneV4"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4RunnersCommandStopExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expid": "a000",
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Only tell the exact command and the jobs it would touch
                     * @default false
                     */
                    dryRun?: boolean;
                    /**
                     * @description Experiment identifier
                     * @example a000
                     */
                    expid: string;
                };
            };
        };
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStoppedV4"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4RunnersCommandUpdateExperimentDescription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expid": "a000",
                 *       "description": "Another one",
                 *       "profile_name": "HERE",
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    description: string;
                    /**
                     * @description Only tell the exact command and the jobs it would touch
                     * @default false
                     */
                    dryRun?: boolean;
                    /**
                     * @description Experiment identifier
                     * @example a000
                     */
                    expid: string;
                    profile_name: string;
                    /** @description RUNNER_TYPE, MODULE_LOADER_TYPE, MODULES, SSH: {HOST, USERNAME, PORT}, where the profile leaves them open */
                    profile_params?: {
                        [key: string]: unknown;
                    } | null;
                };
            };
        };
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDoneV4"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4RunnersConfigurationEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunnerEndpointsV4"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4RunnersConfigurationProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunnerProfilesV4"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4RunnersConfigurationSshPublicKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SshPublicKeysV4"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4RunnersProcessesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description `runner_id` of its start
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunnerProcessV4"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4UserSettingsPreferredUsername: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The choice */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferredUsernameV4"];
                };
            };
            /** @description None is chosen */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalV4"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description The API's own records cannot be used at the moment */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4UserSettingsPreferredUsername: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "preferred_username": "alice"
                 *     }
                 */
                "application/json": {
                    preferred_username?: string;
                } | null | unknown[] | string | number | boolean;
            };
        };
        responses: {
            /** @description The choice */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferredUsernameV4"];
                };
            };
            400: components["responses"]["BodyMalformed"];
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description Not a login name, or not JSON */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalV4"] | components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The API's own records cannot be used at the moment */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4WebhooksDeadLetters: {
        parameters: {
            query?: {
                /** @description Deliveries at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deliveries */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLettersV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalV4"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalV4"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The feed's records cannot be used at the moment */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4Workers: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of the contents that the client has
                 * @example "none-of-ours"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkersV4"];
                };
            };
            /** @description Unchanged since the ETag in If-None-Match */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4alphaExperimentsCreateJobList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "runner": "LOCAL",
                 *       "module_loader": "NO_MODULE",
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    check_wrapper?: boolean | null;
                    /**
                     * @description Only tell the exact command and the jobs it would touch
                     * @default false
                     */
                    dryRun?: boolean;
                    force?: boolean | null;
                    /**
                     * @example NO_MODULE
                     * @enum {unknown}
                     */
                    module_loader: "CONDA" | "LMOD" | "VENV" | "NO_MODULE";
                    modules?: null | string | string[];
                    /**
                     * @example LOCAL
                     * @enum {unknown}
                     */
                    runner: "LOCAL" | "SSH";
                    runner_extra_params?: {
                        ssh_host?: string | null;
                        ssh_port?: number | null;
                        ssh_user?: string | null;
                    } | null;
                    update_version?: boolean | null;
                };
            };
        };
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDoneV4"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4alphaExperimentsGetRunnerStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunnerRunStatusV4"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description No such experiment, or nothing of the kind */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            429: components["responses"]["TooManyRequests"];
            /** @description A file cannot be read; the message tells which and why */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Busy; Retry-After tells when to ask again */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Took too long */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4alphaExperimentsRunExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "runner": "LOCAL",
                 *       "module_loader": "NO_MODULE",
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Only tell the exact command and the jobs it would touch
                     * @default false
                     */
                    dryRun?: boolean;
                    /**
                     * @example NO_MODULE
                     * @enum {unknown}
                     */
                    module_loader: "CONDA" | "LMOD" | "VENV" | "NO_MODULE";
                    modules?: null | string | string[];
                    /**
                     * @example LOCAL
                     * @enum {unknown}
                     */
                    runner: "LOCAL" | "SSH";
                    runner_extra_params?: {
                        ssh_host?: string | null;
                        ssh_port?: number | null;
                        ssh_user?: string | null;
                    } | null;
                };
            };
        };
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStartedV4Alpha"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4alphaExperimentsSetJobStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "runner": "LOCAL",
                 *       "module_loader": "NO_MODULE",
                 *       "dryRun": true,
                 *       "final_status": "READY",
                 *       "filter_status": "FAILED"
                 *     }
                 */
                "application/json": {
                    /** @description Generate wrappers */
                    check_wrapper?: boolean | null;
                    /**
                     * @description Only tell the exact command and the jobs it would touch
                     * @default false
                     */
                    dryRun?: boolean;
                    /** @description As Autosubmit's -fc */
                    filter_chunks?: string | null;
                    /** @description As Autosubmit's -fs */
                    filter_status?: string | null;
                    /** @description As Autosubmit's -ft */
                    filter_type?: string | null;
                    /** @description As Autosubmit's -ftc */
                    filter_type_chunk?: string | null;
                    /** @description As Autosubmit's -ftcs */
                    filter_type_chunk_split?: string | null;
                    /** @description Status to set */
                    final_status?: string | null;
                    job_names_list?: string[] | null;
                    /**
                     * @example NO_MODULE
                     * @enum {unknown}
                     */
                    module_loader: "CONDA" | "LMOD" | "VENV" | "NO_MODULE";
                    modules?: null | string | string[];
                    /**
                     * @example LOCAL
                     * @enum {unknown}
                     */
                    runner: "LOCAL" | "SSH";
                    runner_extra_params?: {
                        ssh_host?: string | null;
                        ssh_port?: number | null;
                        ssh_user?: string | null;
                    } | null;
                    /** @description Update the experiment's version */
                    update_version?: boolean | null;
                };
            };
        };
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDoneV4"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4alphaExperimentsStopExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Experiment identifier
                 * @example a000
                 */
                expid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStoppedV4"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"] | components["schemas"]["NotFound"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    postV4alphaRunnerCreateExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "runner": "LOCAL",
                 *       "module_loader": "NO_MODULE",
                 *       "dryRun": true,
                 *       "description": "A test",
                 *       "hpc": "LOCAL"
                 *     }
                 */
                "application/json": {
                    /** @description Folder of the configuration, in the repository */
                    config_path?: string | null;
                    /** @description Experiment to copy */
                    copy?: string | null;
                    /** @description What the experiment is for */
                    description?: string | null;
                    /**
                     * @description Only tell the exact command and the jobs it would touch
                     * @default false
                     */
                    dryRun?: boolean;
                    /** @description Branch */
                    git_branch?: string | null;
                    /** @description Repository */
                    git_repo?: string | null;
                    /** @description Platform */
                    hpc?: string | null;
                    /** @description Minimal configuration */
                    minimal?: boolean | null;
                    /**
                     * @example NO_MODULE
                     * @enum {unknown}
                     */
                    module_loader: "CONDA" | "LMOD" | "VENV" | "NO_MODULE";
                    modules?: null | string | string[];
                    /** @description Operational experiment */
                    operational?: boolean | null;
                    /**
                     * @example LOCAL
                     * @enum {unknown}
                     */
                    runner: "LOCAL" | "SSH";
                    runner_extra_params?: {
                        ssh_host?: string | null;
                        ssh_port?: number | null;
                        ssh_user?: string | null;
                    } | null;
                    /** @description Test case */
                    testcase?: boolean | null;
                    /** @description Use a local minimal.yml */
                    use_local_minimal?: boolean | null;
                };
            };
        };
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentCreatedV4Alpha"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UrlTooLong"];
            415: components["responses"]["MediaTypeUnsupported"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
    getV4alphaRunnerDetail: {
        parameters: {
            query: {
                /** @example NO_MODULE */
                module_loader: "CONDA" | "LMOD" | "VENV" | "NO_MODULE";
                modules?: null | string | string[];
                /** @example LOCAL */
                runner: "LOCAL" | "SSH";
                ssh_host?: string | null;
                ssh_port?: number | null;
                ssh_user?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was done, or would be */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunnerDetailV4Alpha"] | components["schemas"]["CommandPreviewV4"];
                };
            };
            /** @description A value is refused, or does not go with another one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Nobody is logged in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description Not enabled at this site, or not for this user */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description No such experiment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description It runs already, or does not run */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            414: components["responses"]["UrlTooLong"];
            /** @description A parameter is refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The command failed; the message tells what it said */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The machine that was to run it cannot be reached, or refuses */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The API's own records cannot be used */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
            /** @description The command took too long and was ended */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorV4"];
                };
            };
        };
    };
}
