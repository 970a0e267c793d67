using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V16;

namespace Voltgate.Tests.Ocpp.V16;

/// <summary>Each fixture is read into its record and written again: both roles read and write the same JSON.</summary>
public class FixtureTests
{
    private static readonly V16Json Json = V16Json.Default;

    private static readonly Dictionary<string, Func<WireValue, byte[]>> Rewriters = new()
    {
        ["Authorize.request"] = Of(AuthorizeRequest.Read, Json.AuthorizeRequest),
        ["Authorize.response"] = Of(AuthorizeResponse.Read, Json.AuthorizeResponse),
        ["BootNotification.request"] = Of(BootNotificationRequest.Read, Json.BootNotificationRequest),
        ["BootNotification.response"] = Of(BootNotificationResponse.Read, Json.BootNotificationResponse),
        ["CancelReservation.request"] = Of(CancelReservationRequest.Read, Json.CancelReservationRequest),
        ["CancelReservation.response"] = Of(CancelReservationResponse.Read, Json.CancelReservationResponse),
        ["ChangeAvailability.request"] = Of(ChangeAvailabilityRequest.Read, Json.ChangeAvailabilityRequest),
        ["ChangeAvailability.response"] = Of(ChangeAvailabilityResponse.Read, Json.ChangeAvailabilityResponse),
        ["ChangeConfiguration.request"] = Of(ChangeConfigurationRequest.Read, Json.ChangeConfigurationRequest),
        ["ChangeConfiguration.response"] = Of(ChangeConfigurationResponse.Read, Json.ChangeConfigurationResponse),
        ["ClearCache.request"] = Of(ClearCacheRequest.Read, Json.ClearCacheRequest),
        ["ClearCache.response"] = Of(ClearCacheResponse.Read, Json.ClearCacheResponse),
        ["ClearChargingProfile.request"] = Of(ClearChargingProfileRequest.Read, Json.ClearChargingProfileRequest),
        ["ClearChargingProfile.response"] = Of(ClearChargingProfileResponse.Read, Json.ClearChargingProfileResponse),
        ["DataTransfer.request"] = Of(DataTransferRequest.Read, Json.DataTransferRequest),
        ["DataTransfer.response"] = Of(DataTransferResponse.Read, Json.DataTransferResponse),
        ["DeleteCertificate.request"] = Of(DeleteCertificateRequest.Read, Json.DeleteCertificateRequest),
        ["DeleteCertificate.response"] = Of(DeleteCertificateResponse.Read, Json.DeleteCertificateResponse),
        ["DiagnosticsStatusNotification.request"] =
            Of(DiagnosticsStatusNotificationRequest.Read, Json.DiagnosticsStatusNotificationRequest),
        ["DiagnosticsStatusNotification.response"] = Of(EmptyResponse.Read, Json.EmptyResponse),
        ["ExtendedTriggerMessage.request"] =
            Of(ExtendedTriggerMessageRequest.Read, Json.ExtendedTriggerMessageRequest),
        ["ExtendedTriggerMessage.response"] =
            Of(ExtendedTriggerMessageResponse.Read, Json.ExtendedTriggerMessageResponse),
        ["FirmwareStatusNotification.request"] =
            Of(FirmwareStatusNotificationRequest.Read, Json.FirmwareStatusNotificationRequest),
        ["FirmwareStatusNotification.response"] = Of(EmptyResponse.Read, Json.EmptyResponse),
        ["GetCompositeSchedule.request"] = Of(GetCompositeScheduleRequest.Read, Json.GetCompositeScheduleRequest),
        ["GetCompositeSchedule.response"] = Of(GetCompositeScheduleResponse.Read, Json.GetCompositeScheduleResponse),
        ["GetConfiguration.request"] = Of(GetConfigurationRequest.Read, Json.GetConfigurationRequest),
        ["GetConfiguration.response"] = Of(GetConfigurationResponse.Read, Json.GetConfigurationResponse),
        ["GetDiagnostics.request"] = Of(GetDiagnosticsRequest.Read, Json.GetDiagnosticsRequest),
        ["GetDiagnostics.response"] = Of(GetDiagnosticsResponse.Read, Json.GetDiagnosticsResponse),
        ["GetInstalledCertificateIds.request"] =
            Of(GetInstalledCertificateIdsRequest.Read, Json.GetInstalledCertificateIdsRequest),
        ["GetInstalledCertificateIds.response"] =
            Of(GetInstalledCertificateIdsResponse.Read, Json.GetInstalledCertificateIdsResponse),
        ["GetLocalListVersion.request"] = Of(GetLocalListVersionRequest.Read, Json.GetLocalListVersionRequest),
        ["GetLocalListVersion.response"] = Of(GetLocalListVersionResponse.Read, Json.GetLocalListVersionResponse),
        ["GetLog.request"] = Of(GetLogRequest.Read, Json.GetLogRequest),
        ["GetLog.response"] = Of(GetLogResponse.Read, Json.GetLogResponse),
        ["Heartbeat.request"] = Of(HeartbeatRequest.Read, Json.HeartbeatRequest),
        ["Heartbeat.response"] = Of(HeartbeatResponse.Read, Json.HeartbeatResponse),
        ["SignCertificate.request"] = Of(SignCertificateRequest.Read, Json.SignCertificateRequest),
        ["SignCertificate.response"] = Of(SignCertificateResponse.Read, Json.SignCertificateResponse),
        ["CertificateSigned.request"] = Of(CertificateSignedRequest.Read, Json.CertificateSignedRequest),
        ["CertificateSigned.response"] = Of(CertificateSignedResponse.Read, Json.CertificateSignedResponse),
        ["InstallCertificate.request"] = Of(InstallCertificateRequest.Read, Json.InstallCertificateRequest),
        ["InstallCertificate.response"] = Of(InstallCertificateResponse.Read, Json.InstallCertificateResponse),
        ["LogStatusNotification.request"] = Of(LogStatusNotificationRequest.Read, Json.LogStatusNotificationRequest),
        ["LogStatusNotification.response"] = Of(EmptyResponse.Read, Json.EmptyResponse),
        ["MeterValues.request"] = Of(MeterValuesRequest.Read, Json.MeterValuesRequest),
        ["MeterValues.response"] = Of(EmptyResponse.Read, Json.EmptyResponse),
        ["RemoteStartTransaction.request"] =
            Of(RemoteStartTransactionRequest.Read, Json.RemoteStartTransactionRequest),
        ["RemoteStartTransaction.response"] =
            Of(RemoteStartTransactionResponse.Read, Json.RemoteStartTransactionResponse),
        ["RemoteStopTransaction.request"] = Of(RemoteStopTransactionRequest.Read, Json.RemoteStopTransactionRequest),
        ["RemoteStopTransaction.response"] =
            Of(RemoteStopTransactionResponse.Read, Json.RemoteStopTransactionResponse),
        ["ReserveNow.request"] = Of(ReserveNowRequest.Read, Json.ReserveNowRequest),
        ["ReserveNow.response"] = Of(ReserveNowResponse.Read, Json.ReserveNowResponse),
        ["Reset.request"] = Of(ResetRequest.Read, Json.ResetRequest),
        ["Reset.response"] = Of(ResetResponse.Read, Json.ResetResponse),
        ["SecurityEventNotification.request"] =
            Of(SecurityEventNotificationRequest.Read, Json.SecurityEventNotificationRequest),
        ["SecurityEventNotification.response"] = Of(EmptyResponse.Read, Json.EmptyResponse),
        ["SendLocalList.request"] = Of(SendLocalListRequest.Read, Json.SendLocalListRequest),
        ["SendLocalList.response"] = Of(SendLocalListResponse.Read, Json.SendLocalListResponse),
        ["SetChargingProfile.request"] = Of(SetChargingProfileRequest.Read, Json.SetChargingProfileRequest),
        ["SetChargingProfile.response"] = Of(SetChargingProfileResponse.Read, Json.SetChargingProfileResponse),
        ["SignedFirmwareStatusNotification.request"] =
            Of(SignedFirmwareStatusNotificationRequest.Read, Json.SignedFirmwareStatusNotificationRequest),
        ["SignedFirmwareStatusNotification.response"] = Of(EmptyResponse.Read, Json.EmptyResponse),
        ["SignedUpdateFirmware.request"] = Of(SignedUpdateFirmwareRequest.Read, Json.SignedUpdateFirmwareRequest),
        ["SignedUpdateFirmware.response"] = Of(SignedUpdateFirmwareResponse.Read, Json.SignedUpdateFirmwareResponse),
        ["StartTransaction.request"] = Of(StartTransactionRequest.Read, Json.StartTransactionRequest),
        ["StartTransaction.response"] = Of(StartTransactionResponse.Read, Json.StartTransactionResponse),
        ["StatusNotification.request"] = Of(StatusNotificationRequest.Read, Json.StatusNotificationRequest),
        ["StatusNotification.response"] = Of(EmptyResponse.Read, Json.EmptyResponse),
        ["StopTransaction.request"] = Of(StopTransactionRequest.Read, Json.StopTransactionRequest),
        ["StopTransaction.response"] = Of(StopTransactionResponse.Read, Json.StopTransactionResponse),
        ["TriggerMessage.request"] = Of(TriggerMessageRequest.Read, Json.TriggerMessageRequest),
        ["TriggerMessage.response"] = Of(TriggerMessageResponse.Read, Json.TriggerMessageResponse),
        ["UnlockConnector.request"] = Of(UnlockConnectorRequest.Read, Json.UnlockConnectorRequest),
        ["UnlockConnector.response"] = Of(UnlockConnectorResponse.Read, Json.UnlockConnectorResponse),
        ["UpdateFirmware.request"] = Of(UpdateFirmwareRequest.Read, Json.UpdateFirmwareRequest),
        ["UpdateFirmware.response"] = Of(EmptyResponse.Read, Json.EmptyResponse),
    };

    public static TheoryData<string> Names => [.. Fixture.Names("1.6")];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fixture_read_and_written_is_itself(string name) =>
        Fixture.AssertSame(Fixture.TextOf("1.6", name), Rewriters[name](Fixture.Read("1.6", name)));

    [Fact]
    public void Every_row_of_the_tables_has_its_fixtures()
    {
        var dialect = Dialect.For("ocpp1.6")!;
        var rows = dialect.Routes.Select(r => r.Action).Concat(dialect.Commands.Select(c => c.Action)).Distinct();

        Assert.Equal(
            rows.SelectMany(a => new[] { $"{a}.request", $"{a}.response" }).Order(),
            Fixture.Names("1.6"));
    }

    private static Func<WireValue, byte[]> Of<T>(Func<Fields, T> read, JsonTypeInfo<T> json)
        where T : class => payload =>
    {
        var reading = Fields.Read(payload, read);
        Assert.Null(reading.Violation);
        Assert.Equal(0, reading.ExtraFields);
        return JsonSerializer.SerializeToUtf8Bytes(reading.Value!, json);
    };
}
