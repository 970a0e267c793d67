using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, block O.

/// <summary>O01, O02, O06: show a message.</summary>
public sealed record SetDisplayMessageRequest(MessageInfo Message)
{
    public static SetDisplayMessageRequest Read(Fields f) => new(f.Object("message", MessageInfo.Read)!);
}

public sealed record SetDisplayMessageResponse(DisplayMessageStatus Status, StatusInfo? StatusInfo = null)
{
    public static SetDisplayMessageResponse Read(Fields f) => new(
        f.Enum<DisplayMessageStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>O03, O04: have the messages reported.</summary>
public sealed record GetDisplayMessagesRequest(
    int RequestId, ImmutableArray<int>? Id = null, MessagePriority? Priority = null, MessageState? State = null)
{
    public static GetDisplayMessagesRequest Read(Fields f) => new(
        f.Int("requestId"), f.IntsOrNull("id", min: f.Min(0)), f.OptionalEnum<MessagePriority>("priority"),
        f.OptionalEnum<MessageState>("state"));
}

public sealed record GetDisplayMessagesResponse(GetDisplayMessagesStatus Status, StatusInfo? StatusInfo = null)
{
    public static GetDisplayMessagesResponse Read(Fields f) => new(
        f.Enum<GetDisplayMessagesStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>O03, O04: one part of a report of messages.</summary>
public sealed record NotifyDisplayMessagesRequest(
    int RequestId, ImmutableArray<MessageInfo>? MessageInfo = null, bool? Tbc = null)
{
    public static NotifyDisplayMessagesRequest Read(Fields f) => new(
        f.Int("requestId"), f.ListOrNull("messageInfo", V2.MessageInfo.Read), f.OptionalFlag("tbc"));
}

/// <summary>O05: show a message no more.</summary>
public sealed record ClearDisplayMessageRequest(int Id)
{
    public static ClearDisplayMessageRequest Read(Fields f) => new(f.Int("id", min: f.Min(0)));
}

public sealed record ClearDisplayMessageResponse(ClearMessageStatus Status, StatusInfo? StatusInfo = null)
{
    public static ClearDisplayMessageResponse Read(Fields f) => new(
        f.Enum<ClearMessageStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

public sealed record MessageInfo(
    int Id, MessageContent Message, MessagePriority Priority, Component? Display = null,
    StationTime? EndDateTime = null, [Since(Edition.V21)] ImmutableArray<MessageContent>? MessageExtra = null,
    StationTime? StartDateTime = null, MessageState? State = null, string? TransactionId = null)
{
    public static MessageInfo Read(Fields f) => new(
        f.Int("id", min: f.Min(0)), f.Object("message", MessageContent.Read)!, f.Enum<MessagePriority>("priority"),
        f.OptionalObject("display", Component.Read), f.OptionalTime("endDateTime"),
        f.ListOrNull("messageExtra", MessageContent.Read, most: 4), f.OptionalTime("startDateTime"),
        f.OptionalEnum<MessageState>("state"), f.OptionalText("transactionId", 36));
}

public enum ClearMessageStatus
{
    Accepted, Unknown,
    [Since(Edition.V21)] Rejected,
}

public enum MessagePriority
{
    AlwaysFront, InFront, NormalCycle,
}

public enum MessageState
{
    Charging, Faulted, Idle, Unavailable,
    [Since(Edition.V21)] Suspended,
    [Since(Edition.V21)] Discharging,
}

public enum GetDisplayMessagesStatus
{
    Accepted, Unknown,
}

public enum DisplayMessageStatus
{
    Accepted, NotSupportedMessageFormat, Rejected, NotSupportedPriority, NotSupportedState, UnknownTransaction,
    [Since(Edition.V21)] LanguageNotSupported,
}
