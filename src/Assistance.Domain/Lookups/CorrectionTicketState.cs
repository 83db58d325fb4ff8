namespace Assistance.Domain.Lookups;

/// <summary>Where a request to a department to look at what it stated stands (校核, 政务数据共享条例 art. 26).</summary>
public enum CorrectionTicketState
{
    ToSend,

    /// <summary>The department has it; its 10 working days run.</summary>
    Sent,

    /// <summary>It was wrong and is corrected.</summary>
    Corrected,

    /// <summary>It was looked at and stands.</summary>
    Upheld,

    /// <summary>The department does not take it, for the reason that its remark gives; its clock never ran, and somebody has to speak to it.</summary>
    Refused,
}
