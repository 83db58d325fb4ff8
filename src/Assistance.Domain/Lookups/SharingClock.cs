using Assistance.Domain.Shared;

namespace Assistance.Domain.Lookups;

/// <summary>How a department shares: at once on request, or after looking at it (政务数据共享条例 art. 21).</summary>
public enum SharingKind
{
    /// <summary>无条件共享: its word within 1 working day.</summary>
    Unconditional,

    /// <summary>有条件共享: its word within 10 working days.</summary>
    Conditional,
}

/// <summary>Which clock of the data-sharing regulation runs for a query.</summary>
public enum SharingClock
{
    /// <summary>Until the department's word: 1 or 10 working days from the request (art. 21).</summary>
    Reply,

    /// <summary>The same, longer by 10 working days with the consent of the data authority (art. 21).</summary>
    ExtendedReply,

    /// <summary>Until the data: 20 working days from the word that they are shared (art. 22).</summary>
    Delivery,
}

/// <summary>The working days of the regulation, in force since 2025-08-01.</summary>
public static class SharingClocks
{
    /// <summary>校核: verified, corrected and answered within so many working days of the request (art. 26).</summary>
    public const int CorrectionWorkingDays = 10;

    private const int ExtensionWorkingDays = 10;

    public static int WorkingDays(SharingClock clock, SharingKind kind) => (clock, kind) switch
    {
        (SharingClock.Delivery, _) => 20,
        (SharingClock.Reply, SharingKind.Unconditional) => 1,
        (SharingClock.Reply, _) => 10,
        (_, SharingKind.Unconditional) => 1 + ExtensionWorkingDays,
        _ => 10 + ExtensionWorkingDays,
    };

    public static string BasisOf(SharingClock clock) => clock == SharingClock.Delivery ? LegalBases.SharingDelivery : LegalBases.SharingReply;
}
