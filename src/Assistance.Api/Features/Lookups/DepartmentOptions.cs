using System.ComponentModel.DataAnnotations;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

/// <summary>Section <c>Departments</c>: where each department answers and what it allows.</summary>
public sealed class DepartmentOptions
{
    public const string Section = "Departments";

    /// <summary>One entry for each source. A source without one is unavailable, which is no answer and never a "no".</summary>
    public Dictionary<LookupSource, DepartmentSource> Sources { get; set; } = [];

    /// <summary>
    /// Whether this instance runs look-ups; default true. A deployment may leave them to instances of their own, so that a
    /// rush at the windows and slow departments share no processor.
    /// </summary>
    public bool RunsLookups { get; set; } = true;

    /// <summary>Attempts before a look-up counts as unavailable; default 3. It is still asked again, hourly for two days.</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 3;

    /// <summary>Wait before the second attempt, doubled at each further one; default 500 ms.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Days after which the body of an answer is deleted; its hash and the facts drawn from it remain. Default 180, a sample:
    /// no national number was found (个人信息保护法 art. 19; 政务数据共享条例 art. 27).
    /// </summary>
    [Range(1, 3_650)]
    public int BodyDays { get; set; } = 180;

    /// <summary>How many minutes back an instance tells how its requests went; default 15.</summary>
    [Range(1, 120)]
    public int HealthMinutes { get; set; } = 15;

    /// <summary>
    /// Cases that bulk re-checks have under way at one time, all jobs and instances together; default 32. Few enough that a
    /// pause takes hold at once and the queues at the departments stay short.
    /// </summary>
    [Range(1, 1_000)]
    public int JobRounds { get; set; } = 32;

    /// <summary>How long an instance keeps a claimed look-up for itself; default one minute.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>One department's service.</summary>
public sealed class DepartmentSource
{
    /// <summary>How it is spoken to: the name of a registered adapter; default the published contract.</summary>
    public string Adapter { get; set; } = ContractAdapter.Name;

    /// <summary>Address of the service; the paths of the contract are below it.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = null!;

    /// <summary>The bearer credential this service shows the department.</summary>
    public string Credential { get; set; } = "";

    /// <summary>The secret with which the department signs what it sends on its own; without one nothing it sends is taken.</summary>
    public string CallbackSecret { get; set; } = "";

    /// <summary>How long to wait for an answer; default 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Queries at one time that the department allows each instance; default 8.</summary>
    [Range(1, 1_000)]
    public int MostAtOnce { get; set; } = 8;

    /// <summary>Queries a second that the department allows each instance; default 50.</summary>
    [Range(1, 10_000)]
    public int PerSecond { get; set; } = 50;

    /// <summary>
    /// Whether the same query may be sent twice; default true, as the contract demands. Where it may not, a query without an
    /// answer is left to an officer, and never sent again by itself.
    /// </summary>
    public bool IsRepeatSafe { get; set; } = true;

    /// <summary>After how long a second request is sent beside a slow one; default never, and only where repeating is safe.</summary>
    public TimeSpan? HedgeAfter { get; set; }

    /// <summary>Whether it shares at once or after looking at the request; default at once.</summary>
    public SharingKind Sharing { get; set; } = SharingKind.Unconditional;

    /// <summary>How often one that answers later is asked whether it has; default every 10 minutes.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Days for which an answer may be relied on; default 30.</summary>
    [Range(1, 366)]
    public int ValidDays { get; set; } = 30;

    /// <summary>The kinds of fact it can state here; empty for all that are its own by law.</summary>
    public IList<FactKind> Answers { get; } = [];
}
