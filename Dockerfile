FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /repository
COPY . .
RUN dotnet publish src/Assistance.Api --configuration Release --runtime linux-x64 --self-contained false \
    -p:PublishReadyToRun=true --output /published

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /service
COPY --from=build /published .
RUN install --directory --mode 700 --owner $APP_UID /attachments
ENV Attachments__Folder=/attachments
USER $APP_UID
EXPOSE 8080
ENTRYPOINT ["dotnet", "Assistance.Api.dll"]
