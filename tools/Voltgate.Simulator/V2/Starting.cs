using Voltgate.Ocpp.V2;
using Own = Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V2;

/// <summary>Who may charge, where and when: 2.x blocks D, E, F and H.</summary>
internal static class Starting
{
    /// <summary>F01, F02. A profile that comes with it is the transaction's (K05), or of no use.</summary>
    public static RequestStartTransactionResponse Start(Turn turn, RequestStartTransactionRequest request)
    {
        var profile = request.ChargingProfile is { } given ? Translation.ProfileOf(given) : null;
        if (request.ChargingProfile is not null
            && profile is not { ChargingProfilePurpose: Own.ChargingProfilePurposeType.TxProfile })
            return new(RequestStartStopStatus.Rejected, new StatusInfo("InvalidProfile"));
        var answer = Orders.RemoteStart(
            turn, new Own.RemoteStartTransactionRequest(request.IdToken.Text, request.EvseId, profile),
            request.RemoteStartId, request.IdToken.Type, request.GroupIdToken?.Text);
        return new(Translation.Same<RequestStartStopStatus>(answer.Status));
    }

    /// <summary>F03.</summary>
    public static RequestStopTransactionResponse Stop(Turn turn, RequestStopTransactionRequest request)
    {
        var charge = Named(turn.State, request.TransactionId);
        return charge is { EndedAtMs: null } && Orders.RemoteStop(turn, charge)
            ? new(RequestStartStopStatus.Accepted)
            : new(RequestStartStopStatus.Rejected);
    }

    /// <summary>E14.</summary>
    public static GetTransactionStatusResponse Standing(StationState state, GetTransactionStatusRequest request)
    {
        if (request.TransactionId is not { } id) return new(state.Queue.Exists(q => q.Saying.Local > 0));
        var charge = Named(state, id);
        return new(
            charge is not null && state.Queue.Exists(q => q.Saying.Local == charge.Local),
            charge is { EndedAtMs: null });
    }

    /// <summary>H01.</summary>
    public static ReserveNowResponse Reserve(Turn turn, ReserveNowRequest request)
    {
        var answer = Places.Reserve(turn, new Own.ReserveNowRequest(
            request.EvseId ?? 0, request.ExpiryDateTime, request.IdToken.Text, request.Id,
            request.GroupIdToken?.Text));
        return new(Translation.Same<ReserveNowStatus>(answer.Status));
    }

    /// <summary>H02.</summary>
    public static CancelReservationResponse Cancel(Turn turn, CancelReservationRequest request)
    {
        var answer = Places.Cancel(turn, new Own.CancelReservationRequest(request.ReservationId));
        return new(Translation.Same<CancelReservationStatus>(answer.Status));
    }

    /// <summary>D01.</summary>
    public static SendLocalListResponse TakeList(Turn turn, SendLocalListRequest request)
    {
        var answer = TokenLists.Take(turn, new Own.SendLocalListRequest(
            request.VersionNumber,
            Translation.Same<Own.UpdateType>(request.UpdateType),
            request.LocalAuthorizationList is { } list
                ? [
                    .. list.Select(a => new Own.AuthorizationData(
                        a.IdToken.Text, a.IdTokenInfo is { } told ? Translation.VerdictOf(told) : null)),
                ]
                : null));
        return new(Translation.Same<SendLocalListStatus>(answer.Status));
    }

    private static Charge? Named(StationState state, string transaction) =>
        state.Charges.FindLast(c => c.Id == transaction);
}
