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

    /// <summary>How long an instance keeps a claimed look-up for itself; default one minute.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>One department's service.</summary>
public sealed class DepartmentSource
{
    /// <summary>Address of the service; queries are posted to <c>queries</c> below it.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = null!;

    /// <summary>The bearer credential this service shows the department.</summary>
    public string Credential { get; set; } = "";

    /// <summary>How long to wait for an answer; default 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Queries at one time that the department allows; default 8.</summary>
    [Range(1, 1_000)]
    public int MostAtOnce { get; set; } = 8;

    /// <summary>Days for which an answer may be relied on; default 30.</summary>
    [Range(1, 366)]
    public int ValidDays { get; set; } = 30;
}
